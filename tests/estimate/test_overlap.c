#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "estimate/overlap.h"
#include "tables.h"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const struct overlap_columns sets = {0};
static const struct overlap_columns records = {{"list", 4}, {"person", 6}, {NULL, 0}};
static const struct overlap_columns divided = {{"list", 4}, {"person", 6}, {"place", 5}};

/* "A B: 1 3, 2 4" for each table, or the fault */
static const char *said(const struct overlap_columns *columns, struct str text)
{
    struct overlap *tables;
    struct fault why;
    size_t count;
    struct str out = STR("");
    if (overlap_read(text, columns, &arena, &tables, &count, &why) != OK)
        return arena_print(&arena, "%s", why.text).at;
    for (size_t t = 0; t < count; t++) {
        const struct overlap *o = &tables[t];
        out = arena_print(&arena, "%.*s[%.*s]", STR_ARG(out), STR_ARG(o->stratum));
        for (size_t i = 0; i < o->lists; i++)
            out = arena_print(&arena, "%.*s %.*s", STR_ARG(out), STR_ARG(o->names[i]));
        for (size_t i = 0; i < o->cells_count; i++)
            out = arena_print(&arena, "%.*s%s%u=%jd", STR_ARG(out), i ? " " : ": ",
                              o->cells[i].lists, (intmax_t)o->cells[i].count);
    }
    return out.at;
}

static void test_sets(void **state)
{
    (void)state;
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,5\n0,1,7\n1,1,2\n")),
                        "[] A B: 1=5 2=7 3=2");
    assert_string_equal(said(&sets, STR("count,A,B\n7,0,1\n0,0,0\n5,1,1\n")), "[] A B: 2=7 3=5");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,5\n0,1,0\n1,1,2\n")), "[] A B: 1=5 3=2");
}

static void test_set_faults(void **state)
{
    (void)state;
    assert_string_equal(said(&sets, STR("")), "an empty file");
    assert_string_equal(said(&sets, STR("A,B\n1,0\n")), "no column is called \"count\"");
    assert_string_equal(said(&sets, STR("A,A,count\n1,0,1\n")),
                        "line 1: two columns are called \"A\"");
    assert_string_equal(said(&sets, STR("A,,count\n1,0,1\n")), "line 1: column 2 has no name");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0\n")), "line 2: 2 cells, but 3 columns");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,-3\n")), "line 2: the count is negative");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,2.5\n")),
                        "line 2: the count \"2.5\" is no whole number");
    assert_string_equal(said(&sets, STR("A,B,count\n1,2,5\n")),
                        "line 2: \"2\" is neither 0 nor 1, for the list \"B\"");
    assert_string_equal(said(&sets, STR("A,B,count\n1,1,5\n0,1,1\n1,1,1\n")),
                        "line 4: this set of lists has a row already");
    assert_string_equal(said(&sets, STR("A,B,count\n0,0,5\n1,1,3\n")),
                        "line 2: people on no list; how many they are is what is estimated");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,5\n")), "nobody is on the list \"B\"");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,0\n0,1,0\n")), "nobody is on any list");
    assert_string_equal(said(&sets, STR("A,count\n1,9\n")),
                        "1 list: an estimate needs lists that overlap");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,1000000000\n0,1,1\n")),
                        "line 2: more than 10000000 individuals");
    assert_string_equal(said(&sets, STR("A,B,count\n1,0,9000000\n0,1,9000000\n")),
                        "more than 10000000 individuals");
    assert_string_equal(
        said(&sets, STR("a,b,c,d,e,f,g,h,i,j,k,l,m,count\n1,1,1,1,1,1,1,1,1,1,1,1,1,5\n")),
        "more than 10 lists: join those of one kind, or leave out the smallest");
}

static void test_records(void **state)
{
    (void)state;
    assert_string_equal(
        said(&records, STR("person,list,name\n1,A,x\n1,B,x\n2,A,y\n3,B,z\n3,B,z\n")),
        "[] A B: 1=1 2=1 3=1");
    assert_string_equal(said(&records, STR("person,list\n1,A\n,B\n")),
                        "line 3: a record without a cluster");
    assert_string_equal(said(&records, STR("person,list\n1,A\n2,\n")),
                        "line 3: a record without a list");
    assert_string_equal(said(&records, STR("who,list\n1,A\n")), "no column is called \"person\"");
}

static void test_strata(void **state)
{
    (void)state;
    assert_string_equal(
        said(&divided, STR("person,list,place\n1,A,south\n1,B,south\n2,A,north\n3,B,north\n")),
        "[north] A B: 1=1 2=1[south] A B: 3=1");
    assert_string_equal(said(&divided, STR("person,list,place\n1,A,south\n1,B,north\n")),
                        "line 3: the person of line 2 is in another stratum");
    assert_string_equal(said(&(struct overlap_columns){.stratum = STR("place")},
                             STR("A,B,place,count\n1,0,x,3\n1,0,y,4\n0,1,x,5\n")),
                        "[x] A B: 1=3 2=5[y] A B: 1=4");
}

static void test_subsets_of_the_lists(void **state)
{
    struct overlap o = table_of("kosovo", &arena), three = overlap_keep(&o, 0xD, &arena);
    struct overlap all = overlap_without_empty(&o, &arena);
    (void)state;
    assert_int_equal(o.total, 4400);
    assert_int_equal(three.lists, 3);
    assert_int_equal(three.total, 4400 - 845);
    assert_int_equal(overlap_margin(&three, 1), overlap_margin(&o, 1));
    assert_int_equal(overlap_margin(&three, 6), overlap_margin(&o, 0xC));
    assert_int_equal(all.lists, 4);
    assert_string_equal(overlap_name(&o, 0x5, &arena).at, "EXH × OSCE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_set_faults),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_strata),
        cmocka_unit_test(test_subsets_of_the_lists),
    };
    return cmocka_run_group_tests_name("overlap", tests, NULL, release);
}
