#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "portolan_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <stdio.h>
#include <sys/syscall.h>
#endif

/* The new process's files. What this process has open besides is closed when the program starts, or by the
   program itself (portolan_close_files). */
static int add_files(posix_spawn_file_actions_t *actions, int channel) {
  int error = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDWR, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(actions, 0, 1);
  if (!error) error = posix_spawn_file_actions_adddup2(actions, 0, 2);
  if (!error) error = posix_spawn_file_actions_adddup2(actions, channel, PORTOLAN_CHANNEL);
  return error;
}

/* The thread that starts the process may block signals, and the process may ignore some; neither is to
   reach the new one. */
static int add_signals(posix_spawnattr_t *attributes) {
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#if defined(POSIX_SPAWN_CLOEXEC_DEFAULT)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  sigset_t defaults, blocked;
  sigfillset(&defaults);
  sigdelset(&defaults, SIGKILL);
  sigdelset(&defaults, SIGSTOP);
  sigemptyset(&blocked);
  int error = posix_spawnattr_setsigdefault(attributes, &defaults);
  if (!error) error = posix_spawnattr_setsigmask(attributes, &blocked);
  if (!error) error = posix_spawnattr_setflags(attributes, flags);
  return error;
}

int portolan_spawn(pid_t *process, const char *program, char *const arguments[], char *const variables[],
                   int channel) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return error;
  error = posix_spawnattr_init(&attributes);
  if (!error) {
    error = add_files(&actions, channel);
    if (!error) error = add_signals(&attributes);
    if (!error) error = posix_spawn(process, program, &actions, &attributes, arguments, variables);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int portolan_has_channel(void) {
  struct stat file;
  return fstat(PORTOLAN_CHANNEL, &file) == 0 && S_ISSOCK(file.st_mode);
}

static void limit(int resource, rlim_t value) {
  struct rlimit bound = {value, value};
  setrlimit(resource, &bound);
}

static void close_from(int first) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 65536) most = 65536;
  for (int fd = first; fd < most; fd++) close(fd);
}

void portolan_close_files(void) {
  signal(SIGINT, SIG_IGN);
  close_from(PORTOLAN_CHANNEL + 1);
}

#if defined(__linux__)
/* The address space in use, in bytes; 0 where it is not known. */
static rlim_t address_space_in_use(void) {
  unsigned long pages = 0;
  FILE *statm = fopen("/proc/self/statm", "r");
  if (!statm) return 0;
  if (fscanf(statm, "%lu", &pages) != 1) pages = 0;
  fclose(statm);
  return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}
#endif

void portolan_confine(unsigned long long memory) {
  /* Reads the machine's time zone while a file can be opened: an expression may ask for it. */
  tzset();
#if defined(__linux__)
  rlim_t used = address_space_in_use();
  rlim_t most = used + (rlim_t)memory;
  if (used > 0 && most > used) limit(RLIMIT_AS, most);
#endif
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, PORTOLAN_CHANNEL + 1);
}

static void limit_time(long seconds, long microseconds) {
  struct itimerval timer = {{0, 0}, {seconds, microseconds}};
  setitimer(ITIMER_PROF, &timer, NULL);
}

static void end_without_parent(int signal) {
  (void)signal;
  int error = errno;
  struct pollfd channel = {PORTOLAN_CHANNEL, 0, 0};
  if (poll(&channel, 1, 0) > 0 && channel.revents & (POLLHUP | POLLERR)) _exit(0);
  errno = error;
}

void portolan_begin_work(long seconds, long microseconds) {
  struct sigaction action = {0};
  action.sa_handler = end_without_parent;
  action.sa_flags = SA_RESTART;
  sigaction(SIGIO, &action, NULL);
  fcntl(PORTOLAN_CHANNEL, F_SETOWN, getpid());
  fcntl(PORTOLAN_CHANNEL, F_SETFL, O_NONBLOCK | O_ASYNC);
  /* The parent may have gone just before. */
  end_without_parent(SIGIO);
  limit_time(seconds, microseconds);
}

void portolan_end_work(void) {
  limit_time(0, 0);
  fcntl(PORTOLAN_CHANNEL, F_SETFL, O_NONBLOCK);
}
