#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum outcome file_read_fd(int fd, struct buf *out, struct fault *why)
{
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0)
            return OK;
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return refuse(why, FAILED, "cannot be read: %s", strerror(errno));
        }
        if (!buf_add(out, (struct str){chunk, (size_t)got}))
            return refuse(why, REFUSED, "larger than %zu bytes", out->limit);
    }
}

static const char *kind_of_file(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a FIFO";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

enum outcome file_read(const char *path, size_t limit, struct buf *out, struct fault *why)
{
    struct stat st;
    /* O_NONBLOCK: a FIFO without a writer must not hold us */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return refuse(why, errno == ENOENT || errno == ENOTDIR ? NOT_FOUND : FAILED,
                      "cannot be opened: %s", strerror(errno));
    enum outcome result = OK;
    if (fstat(fd, &st))
        result = refuse(why, FAILED, "cannot be examined: %s", strerror(errno));
    else if (!S_ISREG(st.st_mode))
        result = refuse(why, REFUSED, "%s, not a file", kind_of_file(st.st_mode));
    else if (st.st_size > 0 && (uintmax_t)st.st_size > limit)
        result = refuse(why, REFUSED, "%jd bytes; more than %zu are not taken",
                        (intmax_t)st.st_size, limit);
    else
        result = file_read_fd(fd, out, why);
    close(fd);
    return result;
}

enum outcome file_write_fd(int fd, struct str bytes, struct fault *why)
{
    size_t done = 0;
    while (done < bytes.len) {
        ssize_t put = write(fd, bytes.at + done, bytes.len - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return refuse(why, FAILED, "cannot be written: %s", strerror(errno));
        done += (size_t)put;
    }
    return OK;
}

enum outcome file_replace(int dir, const char *name, struct str bytes, struct fault *why)
{
    char temporary[96];
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", name) >= sizeof temporary)
        bug("a file name longer than its place");
    int fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return refuse(why, FAILED, "%s cannot be made: %s", temporary, strerror(errno));
    enum outcome result = file_write_fd(fd, bytes, why);
    if (result == OK && fsync(fd))
        result = refuse(why, FAILED, "%s cannot be synced: %s", temporary, strerror(errno));
    if (close(fd) && result == OK)
        result = refuse(why, FAILED, "%s cannot be closed: %s", temporary, strerror(errno));
    if (result == OK && renameat(dir, temporary, dir, name))
        result = refuse(why, FAILED, "%s cannot be renamed: %s", temporary, strerror(errno));
    if (result == OK && fsync(dir))
        result =
            refuse(why, FAILED, "the folder of %s cannot be synced: %s", name, strerror(errno));
    if (result != OK)
        unlinkat(dir, temporary, 0);
    return result;
}
