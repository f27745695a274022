#ifndef PORTOLAN_JSON_SCAN_H
#define PORTOLAN_JSON_SCAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* A string's next byte of interest: `"`, `\` or a control character (below 0x20). Swift has no
   portable byte-mask intrinsic, so these few lines are C, inlined into the Swift scanner.
   Nothing at or past `end` is read. Returns `end` where there is none. */
static inline const uint8_t *json_scan_string(const uint8_t *at, const uint8_t *end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i last_control = _mm_set1_epi8(0x1F);
  while (end - at >= 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)at);
    __m128i hits = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
        _mm_cmpeq_epi8(_mm_min_epu8(block, last_control), block));
    unsigned mask = (unsigned)_mm_movemask_epi8(hits);
    if (mask) return at + __builtin_ctz(mask);
    at += 16;
  }
#elif defined(__ARM_NEON)
  while (end - at >= 16) {
    uint8x16_t block = vld1q_u8(at);
    uint8x16_t hits = vorrq_u8(
        vorrq_u8(vceqq_u8(block, vdupq_n_u8('"')), vceqq_u8(block, vdupq_n_u8('\\'))),
        vcltq_u8(block, vdupq_n_u8(0x20)));
    uint64_t nibbles = vget_lane_u64(
        vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hits), 4)), 0);
    if (nibbles) return at + (__builtin_ctzll(nibbles) >> 2);
    at += 16;
  }
#endif
  while (at < end && *at != '"' && *at != '\\' && *at >= 0x20) at++;
  return at;
}

/* The next byte that is not ASCII or is a backslash: up to there, a string's bytes are its text.
   Nothing at or past `end` is read. Returns `end` where there is none. */
static inline const uint8_t *json_scan_literal(const uint8_t *at, const uint8_t *end) {
#if defined(__SSE2__)
  const __m128i backslash = _mm_set1_epi8('\\');
  while (end - at >= 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)at);
    unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(block, _mm_cmpeq_epi8(block, backslash)));
    if (mask) return at + __builtin_ctz(mask);
    at += 16;
  }
#elif defined(__ARM_NEON)
  while (end - at >= 16) {
    uint8x16_t block = vld1q_u8(at);
    uint8x16_t hits = vorrq_u8(vcgeq_u8(block, vdupq_n_u8(0x80)), vceqq_u8(block, vdupq_n_u8('\\')));
    uint64_t nibbles = vget_lane_u64(
        vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hits), 4)), 0);
    if (nibbles) return at + (__builtin_ctzll(nibbles) >> 2);
    at += 16;
  }
#endif
  while (at < end && *at < 0x80 && *at != '\\') at++;
  return at;
}

/* The first newline, or `end` where there is none. */
static inline const uint8_t *json_scan_line(const uint8_t *at, const uint8_t *end) {
  const uint8_t *found = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
  return found ? found : end;
}

#endif
