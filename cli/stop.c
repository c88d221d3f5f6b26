/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stop.h"
#include "io/file.h"
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
        if (!stopped) {
                stopped = 1;
                return;
        }
        file_abandon_all();
        _exit(128 + number);
}

static void end_cleanly(int number)
{
        file_abandon_all();
        signal(number, SIG_DFL);
        raise(number);
}

static void handle(void (*handler)(int), int flags)
{
        static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
        struct sigaction act = {.sa_handler = handler, .sa_flags = flags}, old;

        sigemptyset(&act.sa_mask);
        for (int i = 0; i < (int)(sizeof numbers / sizeof numbers[0]); i++) {
                /* nohup and background shells ignore some on purpose */
                if (!sigaction(numbers[i], NULL, &old) && old.sa_handler != SIG_IGN)
                        sigaction(numbers[i], &act, NULL);
        }
}

void end_on_signals(void)
{
        handle(end_cleanly, 0);
}

void stop_on_signals(void)
{
        handle(on_signal, SA_RESTART);
}

const volatile sig_atomic_t *stop_flag(void)
{
        return &stopped;
}
