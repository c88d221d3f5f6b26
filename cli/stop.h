/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGINT, SIGTERM and SIGHUP. */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include <signal.h>

/* From now on a signal removes temporary files and ends the program, as it would by itself. */
void end_on_signals(void);
/* From now on the first signal sets *stop_flag(), and a second one removes temporary files and
 * exits with 128 + its number. */
void stop_on_signals(void);
const volatile sig_atomic_t *stop_flag(void);

#endif
