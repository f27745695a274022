#ifndef PORTOLAN_PROCESS_H
#define PORTOLAN_PROCESS_H

#include <sys/types.h>

/* `fork`, which Swift does not import. */
pid_t portolan_fork(void);

/* What the child of a fork does first: gives up its parent's files but for the channel, and its
   streams; takes at most `memory` more bytes than it has. */
void portolan_confine(int channel, unsigned long long memory);

/* Ends the process with SIGPROF when it has used so much more processor time; 0 and 0: never. */
void portolan_limit_time(long seconds, long microseconds);

/* Ends the process at once, without the parent's exit handlers. */
_Noreturn void portolan_exit(int status);

#endif
