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

static void note_pairs(void *context, const struct block *b)
{
    struct found *f = context;
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = i + 1; j < b->count; j++) {
            size_t left = b->records[i], right = b->records[j];
            size_t slots = b->blocking->list->features_count * sizeof *b->slots;
            assert_int_not_equal(left, right);
            assert_memory_equal(block_slots(b, i), list_record(b->blocking->list, left), slots);
            if (!block_pair_is_new(b, i, j))
                continue;
            f->count++;
            f->pairs[left][right] = f->pairs[right][left] = true;
        }
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
    blocking_sample(&b, 1, note_pairs, &one);
    assert_true(one.pairs[0][1]);
    assert_true(one.pairs[0][2]);
    assert_true(one.pairs[6][7]);
    blocking_visit(&b, note_pairs, contexts);
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

/* 0 is connected with 1 and 1 with 5, who is another */
static void chains_do_not_hold(void **state)
{
    static struct list l;
    static struct matching m;
    struct clustering c;
    struct fault why;
    (void)state;
    assert_int_equal(matching_start(&why), OK);
    read_text(&l, people);
    uint32_t connected[] = {0, 0, 2, 3, 4, 1, 6, 7};
    matching_run(&m, &l, 1);
    blocking_init(&m.blocking, &l, 1);
    cluster_all(&c, &l, &m.model, &m.blocking, connected, 2);
    assert_int_equal(c.of[0], c.of[1]);
    assert_int_not_equal(c.of[5], c.of[0]);
    assert_int_equal(c.cut, 1);
    clustering_release(&c);
    blocking_release(&m.blocking);
    matching_release(&m);
    list_release(&l);
}

/* Pairs and clusters are the same whether pairs are kept or not. */
static void clusters_need_no_pairs(void **state)
{
    static struct list l;
    static struct matching kept, not_kept;
    struct fault why;
    (void)state;
    assert_int_equal(matching_start(&why), OK);
    read_text(&l, people);
    matching_run(&kept, &l, 2);
    matching_run_clusters(&not_kept, &l, 2);
    assert_memory_equal(kept.clusters.of, not_kept.clusters.of,
                        l.records * sizeof *kept.clusters.of);
    assert_int_not_equal(kept.edges.count, 0);
    assert_int_equal(not_kept.edges.count, 0);
    matching_release(&kept);
    matching_release(&not_kept);
    list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_meet_in_a_block),
        cmocka_unit_test(brothers_and_namesakes_stay_apart),
        cmocka_unit_test(chains_do_not_hold),
        cmocka_unit_test(clusters_need_no_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
