/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines without a shell: nothing in them means anything but blanks and double quotes.
 */
#include "indexer/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

void command_done(struct command *command)
{
	for (size_t i = 0; i < command->count; i++)
		free(command->arguments[i]);
	free(command->arguments);
	*command = (struct command){0};
}

static void add_argument(struct command *command, struct span argument)
{
	if (command->count + 2 > command->capacity) {
		command->capacity = 2 * command->capacity + 2;
		command->arguments = mem_realloc_array(
			command->arguments, command->capacity, sizeof(*command->arguments));
	}
	command->arguments[command->count++] = mem_strndup(argument.ptr, argument.len);
	command->arguments[command->count] = NULL;
}

static lupe_status split(struct command *command, const char *line, struct lupe_error *err)
{
	BUF_SCOPED(argument);

	for (const char *p = line + strspn(line, " \t"); *p; p += strspn(p, " \t")) {
		bool quoted = false;

		buf_clear(&argument);
		for (; *p && (quoted || !strchr(" \t", *p)); p++)
			if (*p == '"')
				quoted = !quoted;
			else
				buf_add_byte(&argument, *p);
		if (quoted)
			return lupe_fail(err, LUPE_ERROR_ARGUMENT, "a quote that is not closed");
		add_argument(command, buf_span(&argument));
	}
	return LUPE_OK;
}

static lupe_status find_program(struct command *command, struct lupe_error *err)
{
	static const char *const folders[] = {"/usr/local/bin", "/usr/bin", "/bin"};
	char *name = command->arguments[0];

	if (name[0] == '/' && access(name, X_OK) == 0)
		return LUPE_OK;
	for (size_t i = 0; !strchr(name, '/') && i < sizeof(folders) / sizeof(folders[0]); i++) {
		char *path = path_join(folders[i], name);

		if (access(path, X_OK) == 0) {
			free(name);
			command->arguments[0] = path;
			return LUPE_OK;
		}
		free(path);
	}
	return lupe_fail(err, LUPE_ERROR_ARGUMENT,
		strchr(name, '/') ? "%s: no program; a path must be absolute"
				  : "%s: no such program in /usr/local/bin, /usr/bin, /bin",
		name);
}

lupe_status command_parse(struct command *command, const char *line, struct lupe_error *err)
{
	command_done(command);
	lupe_status st = split(command, line, err);

	if (st == LUPE_OK && (!command->count || !*command->arguments[0]))
		st = lupe_fail(err, LUPE_ERROR_ARGUMENT, "no program");
	return st < 0 ? st : find_program(command, err);
}

const char *command_name(const struct command *command)
{
	return strrchr(command->arguments[0], '/') + 1;
}
