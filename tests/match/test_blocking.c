#include "match/matching.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

/* a list of its own text, from a file that is gone again */
static void read_text(struct list *l, const char *text)
{
    char path[] = "govah-list-XXXXXX";
    struct fault why;
    struct list_wishes wishes = {.threads = 2};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(file_write_fd(fd, str_of(text), &why), OK);
    close(fd);
    list_init(l);
    enum outcome outcome = list_read(l, path, &wishes, &why);
    unlink(path);
    if (outcome)
        fail_msg("%s", why.text);
    list_weigh(l);
}

static const char people[] = "id,given_name,surname,father,birth_date,city\n"
                             "1,Ali,Karimi,Reza,1960-01-02,Tehran\n"
                             "2,Aly,Kareemi,Reza,1960-01-02,Tehran\n"
                             "3,Karimi,Ali,Reza,1960-01-02,\n"
                             "4,Hassan,Karimi,Reza,1964-07-09,Tehran\n"
                             "5,Hossein,Karimi,Reza,1964-07-09,Tehran\n"
                             "6,Ali,Karimi,Hamid,1985-03-30,Qom\n"
                             "7,Nahid,Taghavi,,1954,\n"
                             "8,ناهید,تقوی,,1954-10-06,\n";

struct found {
    size_t count;
    bool pairs[16][16];
};

static void note_pair(void *context, uint32_t left, uint32_t right, const uint32_t *left_slots,
                      const uint32_t *right_slots)
{
    struct found *f = context;
    assert_memory_not_equal(&left, &right, sizeof left);
    assert_non_null(left_slots);
    assert_non_null(right_slots);
    f->count++;
    f->pairs[left][right] = f->pairs[right][left] = true;
}

static void spellings_meet_in_a_block(void **state)
{
    static struct list l;
    struct blocking b;
    struct found one = {0}, all[3] = {0};
    void *contexts[] = {&all[0], &all[1], &all[2]};
    struct fault why;
    (void)state;
    assert_int_equal(matching_start(&why), OK);
    read_text(&l, people);
    assert_int_equal(l.records, 8);
    blocking_init(&b, &l, 3);
    blocking_sample(&b, 1, note_pair, &one);
    assert_true(one.pairs[0][1]);
    assert_true(one.pairs[0][2]);
    assert_true(one.pairs[6][7]);
    blocking_visit(&b, note_pair, contexts);
    for (size_t i = 0; i < 8; i++)
        for (size_t j = 0; j < 8; j++)
            assert_int_equal(one.pairs[i][j],
                             all[0].pairs[i][j] || all[1].pairs[i][j] || all[2].pairs[i][j]);
    assert_int_equal(one.count, all[0].count + all[1].count + all[2].count);
    blocking_release(&b);
    list_release(&l);
}

static void brothers_and_namesakes_stay_apart(void **state)
{
    static struct list l;
    static struct matching m;
    struct fault why;
    (void)state;
    assert_int_equal(matching_start(&why), OK);
    read_text(&l, people);
    matching_run(&m, &l, 2);
    const uint32_t *of = m.clusters.of;
    assert_int_equal(of[0], of[1]);
    assert_int_equal(of[0], of[2]);
    assert_int_not_equal(of[3], of[4]);
    assert_int_not_equal(of[0], of[3]);
    assert_int_not_equal(of[0], of[5]);
    matching_release(&m);
    list_release(&l);
}

/* a, b and c: a is like b and b like c, but a and c are at odds */
static void chains_do_not_hold(void **state)
{
    static struct list l;
    static struct matching m;
    struct clustering c;
    struct edges edges = {0};
    struct fault why;
    (void)state;
    assert_int_equal(matching_start(&why), OK);
    read_text(&l, people);
    matching_run(&m, &l, 1);
    edges_add(&edges, 0, 1, 5);
    edges_add(&edges, 1, 5, 1);
    edges_add(&edges, 0, 5, -8);
    cluster_all(&c, &l, &m.model, &edges, 2);
    assert_int_equal(c.of[0], c.of[1]);
    assert_int_not_equal(c.of[5], c.of[0]);
    assert_int_equal(c.cut, 1);
    clustering_release(&c);
    edges_release(&edges);
    matching_release(&m);
    list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_meet_in_a_block),
        cmocka_unit_test(brothers_and_namesakes_stay_apart),
        cmocka_unit_test(chains_do_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
