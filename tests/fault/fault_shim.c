/* Preloaded (LD_PRELOAD) into the program under test: makes one call of a class fail, so that no
 * line of the product knows of faults. Environment:
 *
 *   FAULT_CLASS   memory (malloc, calloc, realloc), write, sync, rename, open, truncate, read, map;
 *                 room: a disk with FAULT_AT bytes left; kill: SIGKILL instead of a call that
 *                 changes a file (write, sync, rename, truncate, unlink, open to write)
 *   FAULT_AT      the call that fails, counted from main() on, 1 the first. 0: none fails; for
 * room, no byte is left, and a negative number sets no limit FAULT_LASTS   1: every later call of
 * the class fails too FAULT_COUNT   a file that receives, at exit, how many calls there were; for
 * room a line with the size of each write FAULT_PAUSE   microseconds to sleep before each sync:
 * makes a moment between two of them long FAULT_SERVE   a descriptor, a SEQPACKET socket: runs
 * main() once for each request on it, in a fork of its own, which saves a start of the program. A
 * request is the descriptors 0, 1 and 2 of the run, the number of its arguments, its arguments and
 * then NAME=VALUE of its environment, each ended by NUL. Answers: the process id; when it has
 * ended, its status as from waitpid. Both as text.
 *
 * Only calls on regular files are counted, and only in the process itself, not in its children. */
#undef _FILE_OFFSET_BITS /* both names of each call are defined here */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum class { NONE, MEMORY, WRITE, SYNC, RENAME, OPEN, TRUNCATE, READ, MAP, ROOM, KILL, CLASSES };

static const char *const class_names[CLASSES] = {
    "", "memory", "write", "sync", "rename", "open", "truncate", "read", "map", "room", "kill"};

enum { SIZES_LIMIT = 1 << 16 };

static struct {
    bool started, lasts;
    enum class chosen;
    long at, count;
    unsigned pause;
    const char *count_file;
    long sizes[SIZES_LIMIT]; /* of each write, for room */
    size_t writes;
} fault;

static bool fails(enum class c)
{
    if (!fault.started || c != fault.chosen)
        return false;
    long number = __atomic_add_fetch(&fault.count, 1, __ATOMIC_RELAXED); /* by any thread */
    return fault.at && (number == fault.at || (fault.lasts && number > fault.at));
}

static bool on_file(int fd)
{
    struct stat st;
    int before = errno;
    bool regular = fault.started && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    errno = before;
    return regular;
}

/* before each call that changes a file */
static void may_kill(void)
{
    if (fails(KILL))
        raise(SIGKILL);
}

static void write_count(void)
{
    if (!fault.started || !fault.count_file)
        return;
    fault.started = false;
    FILE *out = fopen(fault.count_file, "w");
    if (!out)
        abort();
    if (fault.chosen != ROOM)
        fprintf(out, "%ld\n", fault.count);
    for (size_t i = 0; i < fault.writes; i++)
        fprintf(out, "%ld\n", fault.sizes[i]);
    if (fclose(out))
        abort();
}

/* ---- where counting begins and ends ---- */

typedef int main_function(int, char **, char **);

static main_function *real_main;

static int counted_main(int argc, char **argv)
{
    const char *class = getenv("FAULT_CLASS"), *at = getenv("FAULT_AT");
    const char *lasts = getenv("FAULT_LASTS"), *wait = getenv("FAULT_PAUSE");
    for (int i = 1; class && i < CLASSES; i++)
        if (strcmp(class, class_names[i]) == 0)
            fault.chosen = (enum class)i;
    fault.at = at ? strtol(at, NULL, 10) : 0;
    fault.lasts = lasts && *lasts == '1';
    fault.pause = wait ? (unsigned)strtol(wait, NULL, 10) : 0;
    fault.count_file = getenv("FAULT_COUNT");
    atexit(write_count);
    fault.started = true;
    return real_main(argc, argv, environ);
}

/* ---- one start of the program for many runs ---- */

enum { REQUEST_SIZE = 1 << 17, ARGUMENTS_LIMIT = 1024 };

/* false when the other side has gone */
static bool take_request(int socket, char *request, size_t *size, int files[3])
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(3 * sizeof(int))];
    } control;
    struct iovec part = {request, REQUEST_SIZE - 1};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t got = recvmsg(socket, &message, 0);
    if (got <= 0)
        return false;
    struct cmsghdr *first = CMSG_FIRSTHDR(&message);
    if (!first || first->cmsg_len != CMSG_LEN(3 * sizeof(int)))
        abort();
    memcpy(files, CMSG_DATA(first), 3 * sizeof(int));
    *size = (size_t)got;
    request[*size] = 0;
    return true;
}

static int run_request(int socket, char *request, size_t size, const int files[3])
{
    static char *arguments[ARGUMENTS_LIMIT + 1];
    char *at = request, *end = request + size;
    int count = (int)strtol(at, NULL, 10), taken = 0;
    for (int i = 0; i < 3; i++)
        dup2(files[i], i);
    for (int i = 0; i < 3; i++)
        close(files[i]);
    close(socket);
    for (at += strlen(at) + 1; at < end; at += strlen(at) + 1)
        if (taken < count && taken < ARGUMENTS_LIMIT)
            arguments[taken++] = at;
        else
            putenv(at);
    return counted_main(taken, arguments);
}

static void answer(int socket, long number)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%ld", number);
    if (send(socket, text, (size_t)len, MSG_NOSIGNAL) != len)
        _exit(1);
}

static int serve(int socket)
{
    static char request[REQUEST_SIZE];
    size_t size;
    int files[3], status;
    while (take_request(socket, request, &size, files)) {
        pid_t run = fork();
        if (run == 0)
            return run_request(socket, request, size, files);
        for (int i = 0; i < 3; i++)
            close(files[i]);
        answer(socket, run);
        if (run < 0 || waitpid(run, &status, 0) != run)
            _exit(1);
        answer(socket, status);
    }
    _exit(0);
}

static int begin(int argc, char **argv, char **envp)
{
    (void)envp;
    const char *socket = getenv("FAULT_SERVE");
    return socket ? serve((int)strtol(socket, NULL, 10)) : counted_main(argc, argv);
}

int __libc_start_main(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void),
                      void *);

int __libc_start_main(main_function *program, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    int (*next)(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void),
                void *);
    *(void **)&next = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = program;
    return next(begin, argc, argv, init, fini, rtld_fini, stack_end);
}

pid_t fork(void)
{
    static pid_t (*next)(void);
    if (!next)
        *(void **)&next = dlsym(RTLD_NEXT, "fork");
    pid_t child = next();
    if (child == 0)
        fault.started = false;
    return child;
}

/* ---- memory ---- */

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
    if (fails(MEMORY)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (fails(MEMORY)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (fails(MEMORY)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(old, size);
}

/* ---- files ---- */

/* how many of `size` bytes may be written; -1 with errno when none may */
static ssize_t allowed(int fd, size_t size)
{
    if (!on_file(fd))
        return (ssize_t)size;
    may_kill();
    if (fails(WRITE)) {
        errno = EIO;
        return -1;
    }
    if (fault.chosen != ROOM)
        return (ssize_t)size;
    if (fault.writes < SIZES_LIMIT)
        fault.sizes[fault.writes++] = (long)size;
    long left = fault.at - fault.count;
    if (fault.at < 0 || left >= (long)size) {
        fault.count += (long)size;
        return (ssize_t)size;
    }
    if (left <= 0) {
        errno = ENOSPC;
        return -1;
    }
    fault.count += left;
    return left;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t may = allowed(fd, size);
    return may < 0 ? -1 : syscall(SYS_write, fd, bytes, (size_t)may);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    ssize_t may = allowed(fd, size);
    return may < 0 ? -1 : syscall(SYS_pwrite64, fd, bytes, (size_t)may, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    return pwrite64(fd, bytes, size, at);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    if (fault.chosen == READ && on_file(fd) && fails(READ)) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_read, fd, bytes, size);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t at)
{
    if (fault.chosen == READ && on_file(fd) && fails(READ)) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_pread64, fd, bytes, size, at);
}

ssize_t pread(int fd, void *bytes, size_t size, off_t at)
{
    return pread64(fd, bytes, size, at);
}

static bool sync_fails(void)
{
    if (fault.started && fault.pause)
        usleep(fault.pause);
    may_kill();
    if (!fails(SYNC))
        return false;
    errno = EIO;
    return true;
}

int fsync(int fd)
{
    return sync_fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return sync_fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static bool rename_fails(void)
{
    may_kill();
    if (!fails(RENAME))
        return false;
    errno = EIO;
    return true;
}

int rename(const char *from, const char *to)
{
    return rename_fails() ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return rename_fails() ? -1 : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

int ftruncate64(int fd, off64_t size)
{
    if (on_file(fd)) {
        may_kill();
        if (fails(TRUNCATE)) {
            errno = EIO;
            return -1;
        }
    }
    return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

int unlink(const char *path)
{
    may_kill();
    return (int)syscall(SYS_unlink, path);
}

int unlinkat(int dir, const char *path, int flags)
{
    may_kill();
    return (int)syscall(SYS_unlinkat, dir, path, flags);
}

static bool is_full(void)
{
    return fault.started && fault.chosen == ROOM && fault.at >= 0 && fault.count >= fault.at;
}

static int open_any(int dir, const char *path, int flags, mode_t mode)
{
    if (flags & (O_WRONLY | O_RDWR))
        may_kill();
    if (fails(OPEN)) {
        errno = EMFILE;
        return -1;
    }
    if (flags & O_CREAT && is_full() && faccessat(dir, path, F_OK, 0)) {
        errno = ENOSPC;
        return -1;
    }
    return (int)syscall(SYS_openat, dir, path, flags, mode);
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

int openat64(int dir, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(dir, path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(dir, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_any(AT_FDCWD, path, flags, mode);
}

void *mmap64(void *at, size_t size, int protection, int flags, int fd, off64_t from)
{
    if (fd >= 0 && fails(MAP)) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return (void *)syscall(SYS_mmap, at, size, protection, flags, fd, from);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t from)
{
    return mmap64(at, size, protection, flags, fd, from);
}
