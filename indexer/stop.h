/* SPDX-License-Identifier: GPL-2.0-or-later */
/** Whether the run was asked to end. */
#ifndef LUPE_INDEXER_STOP_H
#define LUPE_INDEXER_STOP_H

#include <stdatomic.h>

/** The number of a signal that asked to stop, else 0; set by main's handler. */
extern atomic_int stop_signal;

#endif
