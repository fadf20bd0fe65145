/* make-reports TABLE SEED COUNT SIZE DIR: writes reports 1 to COUNT, of about SIZE bytes, as
 * DIR/000001.txt and so on, into a folder that is there. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "reports.h"

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
    for (size_t i = 1; i <= count; i++) {
        char path[4096];
        struct fault why;
        report_make(m, i, size, true, &report);
        snprintf(path, sizeof path, "%s/%06zu.txt", argv[5], i);
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (fd < 0 || file_write_fd(fd, buf_str(&report), &why) != OK || close(fd)) {
            fprintf(stderr, "make-reports: %s cannot be written\n", path);
            return 1;
        }
    }
    buf_release(&report);
    report_maker_free(m);
    return 0;
}
