/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * lupe-extract as the launcher of programs that the configuration names (filter.h calls it):
 *
 *   lupe-extract --filter MODE SECONDS PROGRAM [ARGUMENT]...
 *
 * The program gets descriptors, environment and the folder $TMPDIR as lupe-extract has them, and
 * may
 *
 *   read   what is in /usr, /lib*, /bin, and of /etc what loading, fonts and antiword need
 *   write  in $TMPDIR, where tmpfile(3) makes its files, too (LD_PRELOAD, tmpfile.c)
 *   exec   itself, the loader and its own interpreter; with MODE "programs", all in /usr and /bin
 *
 * and nothing else that has a name. No sockets, no other processes' memory or signals, no leaving
 * its process group; with MODE "program" no new process either. Limits: SECONDS of the processor,
 * LIMIT_MEMORY_BYTES a process, LIMIT_TEXT_BYTES a file.
 */
#ifndef LUPE_INDEXER_EXTRACT_LAUNCH_H
#define LUPE_INDEXER_EXTRACT_LAUNCH_H

#define LAUNCH_PROGRAM "program"
#define LAUNCH_PROGRAMS "programs"
/** Without a sandbox. */
#define LAUNCH_FREE "free"

/** The descriptor that a message is written to, if there comes no program of it. */
enum { LAUNCH_REPORT = 3 };

/** `arguments` are those from MODE on. Returns only if it did not work: the exit status. */
int launch(int count, char **arguments);

#endif
