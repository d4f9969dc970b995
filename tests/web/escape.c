/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stands in for a query program that an attacker has taken over: tries what must not be possible,
 * and reports each success (KONNTE) in an answer of lupe. Its query is FOLDER:PORT.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char report[4096] = "darf nichts";

static void tell(const char *what, int could)
{
	if (could)
		strncat(strncat(report, " KONNTE ", 10), what, 100);
}

static int can_open(const char *path, int flags)
{
	int fd = open(path, flags, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static int can_run(const char *program)
{
	char *argv[] = {(char *)program, NULL}, *none[] = {NULL};
	pid_t pid;
	int status;
	if (posix_spawn(&pid, program, NULL, NULL, argv, none) != 0)
		return 0;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int can_connect(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
	int could = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	if (fd >= 0)
		close(fd);
	return could;
}

int main(int argc, char **argv)
{
	char folder[512] = "", path[600];
	int port = 0;
	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], "--regexp=", 9) == 0)
			snprintf(folder, sizeof(folder), "%s", argv[i] + 9);
	char *colon = strrchr(folder, ':');
	if (colon) {
		*colon = '\0';
		port = atoi(colon + 1);
	}
	tell("passwd", can_open("/etc/passwd", O_RDONLY));
	tell("wurzel", can_open("/", O_RDONLY | O_DIRECTORY));
	snprintf(path, sizeof(path), "%s/geheim", folder);
	tell("geheim", can_open(path, O_RDONLY));
	snprintf(path, sizeof(path), "%s/neu", folder);
	tell("neu", can_open(path, O_WRONLY | O_CREAT));
	snprintf(path, sizeof(path), "%s/index/opfer", folder);
	tell("schreiben", can_open(path, O_WRONLY));
	tell("kuerzen", truncate(path, 1000000) == 0);
	snprintf(path, sizeof(path), "%s/dokumente/weg", folder);
	tell("ordner", mkdir(path, 0700) == 0);
	tell("shell", can_run("/bin/true"));
	tell("netz", can_connect(port));
	tell("rechte", setuid(0) == 0 && chmod(folder, 0777) == 0);
	printf("{\"query\":{},\"total\":{\"documents\":1},\"results\":[{\"title\":\"%s\"}],"
	       "\"error\":null}\n",
		report);
	return 0;
}
