#ifndef PORTOLAN_PROCESS_H
#define PORTOLAN_PROCESS_H

#include <sys/types.h>

/* Where a program that is started finds its end of the channel. */
#define PORTOLAN_CHANNEL 3

/* Starts `program` with nothing of this process's but these arguments and variables (both end with a null
   pointer), and with the file `channel`, which is 4 or more: there it is PORTOLAN_CHANNEL, and its streams are
   /dev/null. Every signal does what it does by default. Returns 0, or the error's number. */
int portolan_spawn(pid_t *process, const char *program, char *const arguments[], char *const variables[],
                   int channel);

/* Whether the file PORTOLAN_CHANNEL is a socket. */
int portolan_has_channel(void);

/* What the program that was started does first: gives up every file but the streams and the channel, and
   leaves the keyboard's interruption to its parent. */
void portolan_close_files(void);

/* From now on the process takes at most `memory` more bytes than it has, opens no file and leaves no core. */
void portolan_confine(unsigned long long memory);

/* Until the work's end, the process ends with SIGPROF when it has used so much more processor time, and at once
   when its parent ends or closes the channel. */
void portolan_begin_work(long seconds, long microseconds);
void portolan_end_work(void);

#endif
