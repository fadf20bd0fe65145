#include "intake/sandbox_int.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

static enum outcome failed(struct fault *why, const char *step)
{
    return refuse(why, FAILED, "the sandbox cannot be closed: %s: %s", step, strerror(errno));
}

/* The kernel's, which grew after the headers that a system may have. */
struct landlock_rules {
    uint64_t files, network, scopes;
};

static const uint64_t READ_FILE = LANDLOCK_ACCESS_FS_READ_FILE;
static const uint64_t READ_BELOW = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t RUN_FILE = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE;

static int landlock_version(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static int landlock_open(int version)
{
    struct landlock_rules rules = {
        .files = (UINT64_C(1) << (version >= 5 ? 16 : version + (version == 4 ? 11 : 12))) - 1,
        .network = 3,
        .scopes = 3};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    return (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

static bool landlock_allow_fd(int ruleset, int fd, uint64_t access)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
    return !syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/* A path that this system does not have needs no rule. */
static bool landlock_allow(int ruleset, const char *path, uint64_t access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return true;
    bool added = landlock_allow_fd(ruleset, fd, access);
    close(fd);
    return added;
}

/* The program that loads the converter's libraries, as its ELF header names it. */
static bool find_loader(int converter, char path[static 256])
{
    ElfW(Ehdr) header;
    ElfW(Phdr) part;
    if (pread(converter, &header, sizeof header, 0) != sizeof header ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return false;
    for (size_t i = 0; i < header.e_phnum; i++) {
        off_t at = (off_t)(header.e_phoff + i * sizeof part);
        if (pread(converter, &part, sizeof part, at) != sizeof part)
            return false;
        if (part.p_type != PT_INTERP)
            continue;
        size_t len = part.p_filesz < 256 ? part.p_filesz : 255;
        path[255] = 0;
        return pread(converter, path, len, (off_t)part.p_offset) == (ssize_t)len;
    }
    return false;
}

static bool landlock_allow_converter(int ruleset)
{
    static const char *const folders[] = {"/lib",       "/lib64",         "/usr/lib",
                                          "/usr/lib64", "/usr/local/lib", "/usr/share/poppler"};
    char loader[256] = "";
    for (size_t i = 0; i < COUNT_OF(folders); i++)
        if (!landlock_allow(ruleset, folders[i], READ_BELOW))
            return false;
    return find_loader(SANDBOX_CONVERTER_FD, loader) &&
           landlock_allow(ruleset, "/etc/ld.so.cache", READ_FILE) &&
           landlock_allow(ruleset, loader, RUN_FILE) &&
           landlock_allow_fd(ruleset, SANDBOX_CONVERTER_FD, RUN_FILE);
}

static enum outcome restrict_files(enum sandbox_kind kind, struct fault *why)
{
    int version = landlock_version();
    if (version < 1 && kind == SANDBOX_READER)
        return OK; /* its seccomp filter lets it open nothing */
    if (version < 1)
        return refuse(why, FAILED,
                      "this kernel has no Landlock, without which a converter cannot be kept from "
                      "other files");
    int ruleset = landlock_open(version);
    if (ruleset < 0)
        return failed(why, "Landlock rules");
    bool done = (kind == SANDBOX_READER || landlock_allow_converter(ruleset)) &&
                !syscall(SYS_landlock_restrict_self, ruleset, 0);
    enum outcome result = done ? OK : failed(why, "Landlock");
    close(ruleset);
    return result;
}

static enum outcome drop_privileges(struct fault *why)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    for (int capability = 0; capability < 64; capability++)
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); /* only root has any to drop */
    if (syscall(SYS_capset, &header, none))
        return failed(why, "capabilities");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
        return failed(why, "privileges");
    return OK;
}

static enum outcome limit_resources(enum sandbox_kind kind, struct fault *why)
{
    bool reader = kind == SANDBOX_READER;
    rlim_t seconds = reader ? SANDBOX_READER_SECONDS : SANDBOX_CONVERTER_SECONDS;
    const struct {
        __rlimit_resource_t what;
        rlim_t soft, hard;
    } limits[] = {{RLIMIT_CPU, seconds, seconds + 1},
                  {RLIMIT_FSIZE, 0, 0},
                  {RLIMIT_CORE, 0, 0},
                  {RLIMIT_NPROC, 0, 0},
                  {RLIMIT_NOFILE, reader ? 3 : 64, reader ? 3 : 64},
                  {RLIMIT_AS, SANDBOX_MEMORY, SANDBOX_MEMORY}};
    for (size_t i = 0; i < COUNT_OF(limits); i++) {
        struct rlimit limit = {limits[i].soft, limits[i].hard};
        if (SANITIZED && limits[i].what == RLIMIT_AS)
            continue;
        if (setrlimit(limits[i].what, &limit))
            return failed(why, "limits");
    }
    return OK;
}

enum { EXECUTABLE = PROT_EXEC, WRITING = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND };

struct permission {
    int call;
    unsigned conditions; /* how many of `when` hold together */
    struct scmp_arg_cmp when[2];
};

static const struct permission reader_may[] = {
    {SCMP_SYS(mmap), 1, {{2, SCMP_CMP_MASKED_EQ, EXECUTABLE, 0}}},
    {SCMP_SYS(mmap2), 1, {{2, SCMP_CMP_MASKED_EQ, EXECUTABLE, 0}}},
    {SCMP_SYS(mprotect), 1, {{2, SCMP_CMP_MASKED_EQ, EXECUTABLE, 0}}},
};

static const struct permission converter_may[] = {
    {SCMP_SYS(execveat),
     2,
     {{0, SCMP_CMP_EQ, SANDBOX_CONVERTER_FD, 0}, {4, SCMP_CMP_EQ, AT_EMPTY_PATH, 0}}},
    {SCMP_SYS(open), 1, {{1, SCMP_CMP_MASKED_EQ, WRITING, 0}}},
    {SCMP_SYS(openat), 1, {{2, SCMP_CMP_MASKED_EQ, WRITING, 0}}},
    {SCMP_SYS(prlimit64), 2, {{0, SCMP_CMP_EQ, 0, 0}, {2, SCMP_CMP_EQ, 0, 0}}},
    {SCMP_SYS(mmap), 0, {{0}}},
    {SCMP_SYS(mmap2), 0, {{0}}},
    {SCMP_SYS(mprotect), 0, {{0}}},
};

static const int both_may[] = {
    SCMP_SYS(read),          SCMP_SYS(write),           SCMP_SYS(close),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),          SCMP_SYS(brk),
    SCMP_SYS(madvise),       SCMP_SYS(futex),           SCMP_SYS(futex_time64),
    SCMP_SYS(exit),          SCMP_SYS(exit_group),      SCMP_SYS(rt_sigreturn),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield)};

static const int converter_may_too[] = {
    SCMP_SYS(readv),           SCMP_SYS(writev),     SCMP_SYS(pread64),
    SCMP_SYS(lseek),           SCMP_SYS(_llseek),    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),         SCMP_SYS(stat),       SCMP_SYS(stat64),
    SCMP_SYS(lstat),           SCMP_SYS(newfstatat), SCMP_SYS(fstatat64),
    SCMP_SYS(statx),           SCMP_SYS(access),     SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),      SCMP_SYS(readlink),   SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),      SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address),
    SCMP_SYS(set_robust_list), SCMP_SYS(rseq),       SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),  SCMP_SYS(getpid),     SCMP_SYS(gettid),
    SCMP_SYS(getuid),          SCMP_SYS(geteuid),    SCMP_SYS(getgid),
    SCMP_SYS(getegid),         SCMP_SYS(uname),      SCMP_SYS(sysinfo),
    SCMP_SYS(gettimeofday),    SCMP_SYS(time),       SCMP_SYS(sched_getaffinity)};

/* The sanitizers' runtime asks for these when it reports and when a process ends. */
static const int sanitizers_may[] = {SCMP_SYS(sigaltstack), SCMP_SYS(gettid), SCMP_SYS(getpid)};

static int allow_each(scmp_filter_ctx filter, const int *calls, size_t count)
{
    int error = 0;
    for (size_t i = 0; i < count && !error; i++)
        error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    return error;
}

static int allow_when(scmp_filter_ctx filter, const struct permission *may, size_t count)
{
    int error = 0;
    for (size_t i = 0; i < count && !error; i++)
        error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, may[i].call, may[i].conditions,
                                       may[i].when);
    return error;
}

static enum outcome restrict_calls(enum sandbox_kind kind, struct fault *why)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return failed(why, "seccomp");
    int error = allow_each(filter, both_may, COUNT_OF(both_may));
    if (!error && SANITIZED)
        error = allow_each(filter, sanitizers_may, COUNT_OF(sanitizers_may));
    if (!error && kind == SANDBOX_READER)
        error = allow_when(filter, reader_may, COUNT_OF(reader_may));
    if (!error && kind == SANDBOX_CONVERTER)
        error = allow_when(filter, converter_may, COUNT_OF(converter_may));
    if (!error && kind == SANDBOX_CONVERTER)
        error = allow_each(filter, converter_may_too, COUNT_OF(converter_may_too));
    if (!error)
        error = seccomp_load(filter);
    seccomp_release(filter);
    errno = -error;
    return error ? failed(why, "seccomp") : OK;
}

enum outcome sandbox_enter(enum sandbox_kind kind, struct fault *why)
{
    unsigned first_foreign = kind == SANDBOX_READER ? 3 : SANDBOX_CONVERTER_FD + 1;
    if (close_range(first_foreign, ~0U, 0))
        return failed(why, "descriptors");
    enum outcome result = drop_privileges(why);
    if (result == OK)
        result = restrict_files(kind, why);
    if (result == OK)
        result = limit_resources(kind, why);
    if (result == OK)
        result = restrict_calls(kind, why);
    return result;
}
