#include "portolan_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#if defined(__linux__)
#include <stdio.h>
#endif

/* The address space in use, in bytes; 0 where it is not known. */
static rlim_t address_space_in_use(void) {
#if defined(__linux__)
  unsigned long pages = 0;
  FILE *statm = fopen("/proc/self/statm", "r");
  if (!statm) return 0;
  if (fscanf(statm, "%lu", &pages) != 1) pages = 0;
  fclose(statm);
  return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
#else
  return 0;
#endif
}

static void limit(int resource, rlim_t value) {
  struct rlimit bound = {value, value};
  setrlimit(resource, &bound);
}

pid_t portolan_fork(void) { return fork(); }

void portolan_confine(int channel, unsigned long long memory) {
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGPROF, SIG_DFL);
  int null = open("/dev/null", O_RDWR);
  if (null >= 0) {
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
  }
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 4096) most = 4096;
  for (int fd = 3; fd < most; fd++)
    if (fd != channel) close(fd);
  rlim_t used = address_space_in_use();
  if (used > 0) limit(RLIMIT_AS, used + (rlim_t)memory);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, (rlim_t)channel + 1);
}

void portolan_limit_time(long seconds, long microseconds) {
  struct itimerval timer = {{0, 0}, {seconds, microseconds}};
  setitimer(ITIMER_PROF, &timer, NULL);
}

void portolan_exit(int status) { _exit(status); }
