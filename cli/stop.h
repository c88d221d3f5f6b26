/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGINT, SIGTERM and SIGHUP: the first asks to stop, the second stops. */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include <signal.h>

/* From now on the first signal sets *stop_flag(), and a second one removes temporary files and
 * exits with 128 + its number. */
void stop_on_signals(void);
const volatile sig_atomic_t *stop_flag(void);

#endif
