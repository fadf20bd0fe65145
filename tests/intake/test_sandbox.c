/* What a process in the sandbox may not do, it cannot; and each attempt works outside, so that a
 * refusal means something. */
#include "intake/sandbox_int.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* Exit statuses of a child that made an attempt. */
enum { SUCCEEDED, FAILED_AS_IT_SHOULD, NO_SANDBOX };

static bool opens(const char *path, int flags)
{
    return open(path, flags, 0600) >= 0;
}

static bool try_inet_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool try_unix_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool try_socket_pair(void)
{
    int pair[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}

static bool try_read_file(void)
{
    return opens("/etc/passwd", O_RDONLY);
}

static bool try_list_folder(void)
{
    return opens("/", O_RDONLY | O_DIRECTORY);
}

static bool try_read_memory_of_parent(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/maps", (int)getppid());
    return opens(path, O_RDONLY);
}

static bool try_write_file(void)
{
    return opens("/dev/null", O_WRONLY);
}

static bool try_write_both_ways(void)
{
    return opens("/dev/null", O_RDWR);
}

static bool try_make_folder(void)
{
    char path[64];
    snprintf(path, sizeof path, "%s/govah-test-%d", P_tmpdir, (int)getpid());
    return mkdir(path, 0700) == 0 && rmdir(path) == 0;
}

static bool try_make_file(void)
{
    char path[64];
    snprintf(path, sizeof path, "%s/govah-test-file-%d", P_tmpdir, (int)getpid());
    return opens(path, O_CREAT | O_RDWR | O_EXCL) && unlink(path) == 0;
}

static char own_file[64];

static bool try_change_mode(void)
{
    return chmod(own_file, 0600) == 0;
}

static bool try_shorten(void)
{
    return truncate(own_file, 0) == 0;
}

static bool try_remove(void)
{
    char other[80];
    snprintf(other, sizeof other, "%s.other", own_file);
    return link(own_file, other) == 0 && unlink(other) == 0;
}

static bool try_fork(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

static bool try_run_program(void)
{
    char *const arguments[] = {(char[]){"true"}, NULL};
    execv("/bin/true", arguments);
    return false;
}

static bool try_run_open_program(void)
{
    char *const arguments[] = {(char[]){"true"}, NULL};
    int fd = open("/bin/true", O_RDONLY);
    syscall(SYS_execveat, fd, "", arguments, NULL, AT_EMPTY_PATH);
    return false;
}

static bool try_trace(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool try_signal_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static bool try_memory_file(void)
{
    return memfd_create("x", 0) >= 0;
}

static bool try_other_priority(void)
{
    return setpriority(PRIO_PROCESS, 0, 5) == 0;
}

static bool try_name_space(void)
{
    return syscall(SYS_unshare, 0) == 0;
}

static bool try_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static bool try_much_memory(void)
{
    return mmap(NULL, 2 * SANDBOX_MEMORY, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                -1, 0) != MAP_FAILED;
}

static const struct attempt {
    const char *name;
    bool (*run)(void);
    bool only_reader; /* a converter must be able to */
    bool only_plain;  /* left out under AddressSanitizer, as sandbox_int.h says */
} attempts[] = {
    {"an internet socket", try_inet_socket, false, false},
    {"a local socket", try_unix_socket, false, false},
    {"a pair of sockets", try_socket_pair, false, false},
    {"reading a file", try_read_file, false, false},
    {"listing a folder", try_list_folder, false, false},
    {"reading its parent's memory map", try_read_memory_of_parent, false, false},
    {"writing a file", try_write_file, false, false},
    {"opening a file both ways", try_write_both_ways, false, false},
    {"making a folder", try_make_folder, false, false},
    {"making a file", try_make_file, false, false},
    {"changing a mode", try_change_mode, false, false},
    {"shortening a file", try_shorten, false, false},
    {"linking and removing a file", try_remove, false, false},
    {"a further process", try_fork, false, false},
    {"another program", try_run_program, false, false},
    {"another program that is open", try_run_open_program, false, false},
    {"tracing", try_trace, false, false},
    {"a signal to its parent", try_signal_parent, false, false},
    {"a file in memory", try_memory_file, false, false},
    {"another priority", try_other_priority, false, false},
    {"a name space", try_name_space, false, false},
    {"memory for code", try_code, true, false},
    {"more memory than the limit", try_much_memory, false, true},
};

static int run_in_child(void (*run)(const struct attempt *), const struct attempt *attempt)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        run(attempt);
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : FAILED_AS_IT_SHOULD;
}

static void outside(const struct attempt *attempt)
{
    _exit(attempt->run() ? SUCCEEDED : FAILED_AS_IT_SHOULD);
}

static void in_reader(const struct attempt *attempt)
{
    if (sandbox_enter(SANDBOX_READER, NULL) != OK)
        _exit(NO_SANDBOX);
    outside(attempt);
}

static void enter_as_converter(void)
{
    int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (self < 0 ||
        (self != SANDBOX_CONVERTER_FD &&
         dup3(self, SANDBOX_CONVERTER_FD, O_CLOEXEC) != SANDBOX_CONVERTER_FD) ||
        sandbox_enter(SANDBOX_CONVERTER, NULL) != OK)
        _exit(NO_SANDBOX);
}

static void before_converter(const struct attempt *attempt)
{
    enter_as_converter();
    outside(attempt);
}

/* This program stands in for the converter; main makes the attempt. */
static void in_converter(const struct attempt *attempt)
{
    char number[24];
    snprintf(number, sizeof number, "%td", attempt - attempts);
    enter_as_converter();
    char *const arguments[] = {(char[]){"converter"}, number, own_file, NULL};
    char *const environment[] = {NULL};
    syscall(SYS_execveat, SANDBOX_CONVERTER_FD, "", arguments, environment, AT_EMPTY_PATH);
    _exit(NO_SANDBOX);
}

static void expect(void (*run)(const struct attempt *), bool converter, int expected)
{
    for (size_t i = 0; i < COUNT_OF(attempts); i++) {
        bool left_out = (converter && attempts[i].only_reader) ||
                        (SANITIZED && attempts[i].only_plain && expected != SUCCEEDED);
        int got = left_out ? expected : run_in_child(run, &attempts[i]);
        if (got != expected)
            fail_msg("%s: %d is not %d", attempts[i].name, got, expected);
    }
}

static void outside_each_works(void **state)
{
    (void)state;
    expect(outside, false, SUCCEEDED);
}

static void a_reader_cannot(void **state)
{
    (void)state;
    expect(in_reader, false, FAILED_AS_IT_SHOULD);
}

static bool lacks_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1;
}

static void a_converter_cannot_before_it_starts(void **state)
{
    (void)state;
    if (lacks_landlock()) {
        print_message("# without Landlock here, a converter must not start at all\n");
        assert_int_equal(run_in_child(before_converter, &attempts[0]), NO_SANDBOX);
        return;
    }
    expect(before_converter, true, FAILED_AS_IT_SHOULD);
}

static void a_converter_cannot(void **state)
{
    (void)state;
    if (lacks_landlock() || SANITIZED) {
        print_message("# left out: no Landlock, or a sanitizer that cannot start behind walls\n");
        return;
    }
    expect(in_converter, true, FAILED_AS_IT_SHOULD);
}

static _Noreturn void read_inherited(const struct attempt *attempt)
{
    (void)attempt;
    if (sandbox_enter(SANDBOX_READER, NULL) != OK)
        _exit(NO_SANDBOX);
    char byte;
    _exit(read(STDERR_FILENO + 1, &byte, 1) < 0 ? FAILED_AS_IT_SHOULD : SUCCEEDED);
}

static void keeps_no_other_descriptor(void **state)
{
    (void)state;
    int fd = open("/dev/zero", O_RDONLY);
    assert_true(fd > STDERR_FILENO);
    assert_int_equal(run_in_child(read_inherited, NULL), FAILED_AS_IT_SHOULD);
    close(fd);
}

static int make_own_file(void **state)
{
    (void)state;
    snprintf(own_file, sizeof own_file, "%s/govah-test-XXXXXX", P_tmpdir);
    int fd = mkstemp(own_file);
    return fd < 0 || close(fd);
}

static int remove_own_file(void **state)
{
    (void)state;
    return unlink(own_file);
}

int main(int count, char **arguments)
{
    int64_t number;
    if (count == 3 && str_to_int(str_of(arguments[1]), &number)) {
        snprintf(own_file, sizeof own_file, "%s", arguments[2]);
        outside(&attempts[number]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outside_each_works),
        cmocka_unit_test(a_reader_cannot),
        cmocka_unit_test(a_converter_cannot_before_it_starts),
        cmocka_unit_test(a_converter_cannot),
        cmocka_unit_test(keeps_no_other_descriptor),
    };
    return cmocka_run_group_tests(tests, make_own_file, remove_own_file);
}
