#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/file.h"
#include "seal/sign.h"
#include "seal/stream.h"

enum { CHUNK = 65536, SEALED_CHUNK = CHUNK + 17, HEAD = 16 + 24, LARGEST = 1 << 20 };

static struct stream_key key;
static char *plain;

static int start(void **state)
{
    struct random r = {3};
    (void)state;
    seal_start();
    stream_key_new(&key);
    plain = mem_alloc(LARGEST);
    for (size_t i = 0; i < LARGEST; i++)
        plain[i] = (char)random_next(&r);
    return 0;
}

static int end(void **state)
{
    (void)state;
    mem_free(plain);
    return 0;
}

static struct str sealed_of(size_t size, struct buf *out)
{
    struct fault why;
    int fd = memfd_create("sealed", MFD_CLOEXEC);
    assert_true(fd >= 0);
    buf_init(out, 2 * LARGEST);
    struct str bytes = size ? (struct str){plain, size} : STR_NONE;
    assert_int_equal(stream_write(fd, &key, bytes, &why), OK);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(file_read_fd(fd, out, &why), OK);
    close(fd);
    return buf_str(out);
}

static enum outcome open_sealed(struct str sealed, const struct stream_key *with, size_t limit,
                                struct buf *out)
{
    struct fault why;
    int fd = memfd_create("sealed", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(file_write_fd(fd, sealed, &why), OK);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    buf_init(out, limit);
    enum outcome result = stream_read(fd, with, out, &why);
    close(fd);
    return result;
}

static void assert_damaged(struct str sealed)
{
    struct buf out;
    assert_int_equal(open_sealed(sealed, &key, LARGEST, &out), DAMAGED);
    buf_release(&out);
}

static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 131072, LARGEST};

static void any_size_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct buf sealed, out;
        struct str bytes = sealed_of(sizes[i], &sealed);
        size_t chunks = sizes[i] ? (sizes[i] + CHUNK - 1) / CHUNK : 1;
        assert_int_equal(bytes.len, HEAD + sizes[i] + 17 * chunks);
        assert_memory_equal(bytes.at, "govah sealed 1\n", 16);
        assert_int_equal(open_sealed(bytes, &key, LARGEST, &out), OK);
        assert_true(str_equal(buf_str(&out), (struct str){plain, sizes[i]}));
        buf_release(&out);
        if (sizes[i]) {
            assert_int_equal(open_sealed(bytes, &key, sizes[i] - 1, &out), DAMAGED);
            buf_release(&out);
        }
        buf_release(&sealed);
    }
}

static void two_sealings_share_nothing(void **state)
{
    struct buf a, b, out;
    struct stream_key other;
    (void)state;
    sealed_of(1000, &a);
    sealed_of(1000, &b);
    assert_memory_not_equal(a.at + 16, b.at + 16, 24);
    assert_memory_not_equal(a.at + HEAD, b.at + HEAD, 1000);
    assert_int_equal(str_find(buf_str(&a), (struct str){plain, 8}, 0), SIZE_MAX);
    stream_key_new(&other);
    assert_int_equal(open_sealed(buf_str(&a), &other, LARGEST, &out), DAMAGED);
    assert_int_equal(out.len, 0);
    buf_release(&out);
    stream_key_forget(&other);
    for (size_t i = 0; i < STREAM_KEY_SIZE; i++)
        assert_int_equal(other.bytes[i], 0);
    buf_release(&a);
    buf_release(&b);
}

static void a_cut_is_noticed_anywhere(void **state)
{
    struct buf sealed;
    (void)state;
    sealed_of(2 * CHUNK + 100, &sealed);
    for (size_t len = 0; len < HEAD + 40; len++)
        assert_damaged((struct str){sealed.at, len});
    for (size_t cut = 1; cut < 200; cut++)
        assert_damaged((struct str){sealed.at, sealed.len - cut});
    assert_damaged((struct str){sealed.at, HEAD + SEALED_CHUNK});
    assert_damaged((struct str){sealed.at, HEAD + 2 * SEALED_CHUNK});
    assert_damaged((struct str){sealed.at, HEAD + SEALED_CHUNK - 1});
    buf_release(&sealed);
}

static void chunks_keep_their_order_and_their_file(void **state)
{
    struct buf sealed, other;
    char *swap = mem_alloc(SEALED_CHUNK);
    (void)state;
    sealed_of(3 * CHUNK, &sealed);
    char *first = sealed.at + HEAD, *second = first + SEALED_CHUNK;
    memcpy(swap, first, SEALED_CHUNK);
    memcpy(first, second, SEALED_CHUNK);
    memcpy(second, swap, SEALED_CHUNK);
    assert_damaged(buf_str(&sealed));
    memcpy(first, swap, SEALED_CHUNK);
    assert_damaged(buf_str(&sealed));
    buf_release(&sealed);

    sealed_of(3 * CHUNK, &sealed);
    sealed_of(3 * CHUNK, &other);
    memcpy(sealed.at + HEAD + SEALED_CHUNK, other.at + HEAD + SEALED_CHUNK, SEALED_CHUNK);
    assert_damaged(buf_str(&sealed));
    buf_release(&sealed);
    buf_release(&other);
    mem_free(swap);
}

static void bytes_behind_the_end_are_noticed(void **state)
{
    static const size_t inner[] = {0, 100, CHUNK};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(inner); i++) {
        struct buf sealed;
        sealed_of(inner[i], &sealed);
        buf_add_byte(&sealed, 0);
        assert_damaged(buf_str(&sealed));
        buf_release(&sealed);
        sealed_of(inner[i], &sealed);
        char *copy = str_dup(buf_str(&sealed));
        buf_add(&sealed, (struct str){copy, sealed.len});
        assert_damaged(buf_str(&sealed));
        mem_free(copy);
        buf_release(&sealed);
    }
}

static void every_flipped_bit_is_noticed(void **state)
{
    struct buf sealed;
    (void)state;
    sealed_of(100, &sealed);
    for (size_t bit = 0; bit < sealed.len * 8; bit++) {
        sealed.at[bit / 8] = (char)(sealed.at[bit / 8] ^ (1 << bit % 8));
        assert_damaged(buf_str(&sealed));
        sealed.at[bit / 8] = (char)(sealed.at[bit / 8] ^ (1 << bit % 8));
    }
    buf_release(&sealed);
}

static void a_descriptor_that_fails_is_named(void **state)
{
    struct fault why;
    struct buf out;
    (void)state;
    assert_int_equal(stream_write(-1, &key, STR("x"), &why), FAILED);
    buf_init(&out, 10);
    assert_int_not_equal(stream_read(-1, &key, &out, &why), OK);
    buf_release(&out);
}

static void random_names_differ(void **state)
{
    char a[33], b[33];
    (void)state;
    random_name(a, 16);
    random_name(b, 16);
    assert_int_equal(strlen(a), 32);
    assert_int_equal(strspn(a, "0123456789abcdef"), 32);
    assert_string_not_equal(a, b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_size_comes_back),
        cmocka_unit_test(two_sealings_share_nothing),
        cmocka_unit_test(a_cut_is_noticed_anywhere),
        cmocka_unit_test(chunks_keep_their_order_and_their_file),
        cmocka_unit_test(bytes_behind_the_end_are_noticed),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(a_descriptor_that_fails_is_named),
        cmocka_unit_test(random_names_differ),
    };
    return cmocka_run_group_tests_name("seal stream", tests, start, end);
}
