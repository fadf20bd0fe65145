/* make-reports TABLE SEED COUNT SIZE DIR: writes reports 1 to COUNT, of about SIZE bytes, as
 * DIR/000001.txt and so on, into a folder that is there. With "-" for DIR their texts alone go to
 * standard output, a NUL behind each. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "reports.h"

static void write_file(const char *dir, size_t number, struct str report)
{
    char path[4096];
    struct fault why;
    snprintf(path, sizeof path, "%s/%06zu.txt", dir, number);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0 && file_write_fd(fd, report, &why) == OK && close(fd) == 0)
        return;
    fprintf(stderr, "make-reports: %s cannot be written\n", path);
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: make-reports TABLE SEED COUNT SIZE DIR\n", stderr);
        return 2;
    }
    struct report_maker *m = report_maker_new(argv[1], strtoull(argv[2], NULL, 10));
    size_t count = strtoull(argv[3], NULL, 10), size = strtoull(argv[4], NULL, 10);
    struct buf report;
    buf_init(&report, 64 << 20);
    bool stream = str_equal(str_of(argv[5]), STR("-"));
    for (size_t i = 1; i <= count; i++) {
        report_make(m, i, size, !stream, &report);
        if (stream)
            fwrite(report.at, 1, report.len + 1, stdout);
        else
            write_file(argv[5], i, buf_str(&report));
    }
    buf_release(&report);
    report_maker_free(m);
    return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
