#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char folder[] = "/tmp/govah-file-XXXXXX";
static int dir = -1;

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return dir < 0 ? -1 : 0;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"plain", "fifo", "link", "head", "head.new", "large"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        unlinkat(dir, names[i], 0);
    unlinkat(dir, "full/entry", 0);
    unlinkat(dir, "full", AT_REMOVEDIR);
    close(dir);
    return rmdir(folder);
}

static const char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, struct str bytes)
{
    struct fault why;
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(file_write_fd(fd, bytes, &why), OK);
    close(fd);
}

static void assert_content(const char *name, struct str wanted)
{
    struct buf got;
    struct fault why;
    buf_init(&got, 1000);
    assert_int_equal(file_read(path_of(name), 1000, &got, &why), OK);
    assert_true(str_equal(buf_str(&got), wanted));
    buf_release(&got);
}

static void only_regular_files_within_the_limit_are_read(void **state)
{
    struct buf got;
    struct fault why;
    (void)state;
    put("plain", STR("12345678"));
    assert_int_equal(mkfifoat(dir, "fifo", 0600), 0);
    assert_int_equal(symlinkat("plain", dir, "link"), 0);
    put("large", STR_NONE);
    assert_int_equal(truncate(path_of("large"), INT64_C(2) << 30), 0);
    const struct {
        const char *path;
        size_t limit;
        enum outcome code;
        const char *text;
    } cases[] = {
        {"plain", 8, OK, NULL},
        {"link", 100, OK, NULL},
        {"plain", 7, REFUSED, "8 bytes; more than 7 are not taken"},
        {"large", 1000, REFUSED, "2147483648 bytes; more than 1000 are not taken"},
        {".", 1000, REFUSED, "a folder, not a file"},
        {"fifo", 1000, REFUSED, "a FIFO, not a file"},
        {"nowhere", 1000, NOT_FOUND, "cannot be opened: No such file or directory"},
        {"plain/below", 1000, NOT_FOUND, "cannot be opened: Not a directory"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf_init(&got, cases[i].limit);
        if (file_read(path_of(cases[i].path), cases[i].limit, &got, &why) != cases[i].code)
            fail_msg("%s gives another outcome", cases[i].path);
        if (cases[i].text)
            assert_string_equal(why.text, cases[i].text);
        assert_true(str_equal(buf_str(&got), cases[i].text ? STR_NONE : STR("12345678")));
        buf_release(&got);
    }
    buf_init(&got, 10);
    assert_int_equal(file_read("/dev/zero", 10, &got, &why), REFUSED);
    assert_string_equal(why.text, "a device, not a file");
    buf_release(&got);
}

static void a_descriptor_is_read_to_its_end(void **state)
{
    int ends[2];
    struct buf got;
    struct fault why;
    (void)state;
    buf_init(&got, 5);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(write(ends[1], "123456", 6), 6);
    close(ends[1]);
    assert_int_equal(file_read_fd(ends[0], &got, &why), REFUSED);
    assert_string_equal(why.text, "larger than 5 bytes");
    close(ends[0]);
    assert_int_equal(file_read_fd(-1, &got, &why), FAILED);
    assert_int_equal(file_write_fd(-1, STR("x"), &why), FAILED);
    assert_int_equal(file_write_fd(-1, STR_NONE, &why), OK);
    buf_release(&got);
}

static void a_file_is_replaced_whole(void **state)
{
    struct stat st;
    struct fault why;
    (void)state;
    assert_int_equal(file_replace(dir, "head", STR("old"), &why), OK);
    assert_content("head", STR("old"));
    put("head.new", STR("left by a crash, and longer"));
    assert_int_equal(file_replace(dir, "head", STR("new"), &why), OK);
    assert_content("head", STR("new"));
    assert_int_equal(fstatat(dir, "head", &st, 0), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_not_equal(faccessat(dir, "head.new", F_OK, 0), 0);
}

static void a_failed_replacement_leaves_the_old(void **state)
{
    char large[4096];
    struct rlimit before, small;
    struct fault why;
    (void)state;
    memset(large, 'x', sizeof large);
    assert_int_equal(file_replace(dir, "head", STR("old"), &why), OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){1000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum outcome result = file_replace(dir, "head", (struct str){large, sizeof large}, &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(result, FAILED);
    assert_content("head", STR("old"));
    assert_int_not_equal(faccessat(dir, "head.new", F_OK, 0), 0);

    assert_int_equal(mkdirat(dir, "full", 0700), 0);
    put("full/entry", STR("x"));
    assert_int_equal(file_replace(dir, "full", STR("new"), &why), FAILED);
    assert_int_not_equal(faccessat(dir, "full.new", F_OK, 0), 0);
    assert_content("full/entry", STR("x"));
}

static void a_link_in_the_way_is_not_written_through(void **state)
{
    struct fault why;
    (void)state;
    put("plain", STR("precious"));
    unlinkat(dir, "head.new", 0);
    assert_int_equal(symlinkat("plain", dir, "head.new"), 0);
    assert_int_equal(file_replace(dir, "head", STR("new"), &why), FAILED);
    assert_content("plain", STR("precious"));
    unlinkat(dir, "head.new", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_regular_files_within_the_limit_are_read),
        cmocka_unit_test(a_descriptor_is_read_to_its_end),
        cmocka_unit_test(a_file_is_replaced_whole),
        cmocka_unit_test(a_failed_replacement_leaves_the_old),
        cmocka_unit_test(a_link_in_the_way_is_not_written_through),
    };
    return cmocka_run_group_tests_name("base file", tests, make_folder, remove_folder);
}
