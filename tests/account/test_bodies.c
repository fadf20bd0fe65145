#include "account/bodies.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/arena_group.h"

/* What an event says, and the keys of the bodies, what is only a whole of one in brackets. */
struct naming {
    const char *court, *branch, *prison, *ward, *place, *body, *keys;
};

static const struct naming namings[] = {
    {.court = "Revolutionary Court", .keys = "revolutionary_court"},
    {.court = "دادگاه انقلاب", .keys = "revolutionary_court"},
    {.court = "Revolutionary Court",
     .branch = "26",
     .keys = "rc_tehran_b26 (rc_tehran) (revolutionary_court)"},
    {.court = "Tehran Revolutionary Court",
     .branch = "Branch 26",
     .keys = "rc_tehran_b26 (rc_tehran) (revolutionary_court)"},
    {.court = "دادگاه انقلاب تهران",
     .branch = "شعبه ۲۶",
     .keys = "rc_tehran_b26 (rc_tehran) (revolutionary_court)"},
    {.branch = "شعبه بیست و ششم دادگاه انقلاب تهران",
     .keys = "rc_tehran_b26 (rc_tehran) (revolutionary_court)"},
    {.court = "Branch 26 of the Revolutionary Court in Tehran",
     .keys = "rc_tehran_b26 (rc_tehran) (revolutionary_court)"},
    /* elsewhere it is no branch of Tehran's court, and in another town's court neither */
    {.court = "Revolutionary Court",
     .branch = "26",
     .place = "Shiraz",
     .keys = "revolutionary_court/26 (revolutionary_court)"},
    {.court = "Revolutionary Court of Ahvaz",
     .branch = "26",
     .keys = "rc_ahvaz/26 (rc_ahvaz) (revolutionary_court)"},
    /* branches that every court has are of no town unless it is said */
    {.court = "Revolutionary Court",
     .branch = "1",
     .keys = "revolutionary_court/1 (revolutionary_court)"},
    {.court = "Revolutionary Court of Shiraz",
     .branch = "1",
     .keys = "rc_shiraz_b1 (rc_shiraz) (revolutionary_court)"},
    {.court = "Court of Minsk", .branch = "3", .keys = "=courtofminsk/3 (=courtofminsk)"},
    {.court = "court of MINSK", .keys = "=courtofminsk"},
    {.branch = "26", .keys = "=/26"},
    {.prison = "Evin", .keys = "evin"},
    {.prison = "اوین", .keys = "evin"},
    {.prison = "Evin House of Detention", .keys = "evin"},
    {.prison = "Ward 2-A", .keys = "evin_2a (evin)"},
    {.prison = "ward 2A of Evin Prison", .keys = "evin_2a (evin)"},
    {.prison = "Evin Prison", .ward = "Ward 209", .keys = "evin_209 evin"},
    /* other prisons have a ward 8, too */
    {.prison = "Ward 8", .keys = "=ward8"},
    {.prison = "Evin", .ward = "Ward 8", .keys = "evin_8 evin"},
    {.prison = "Ward 8", .place = "Evin Prison", .keys = "evin_8 evin"},
    {.prison = "Gohardasht", .ward = "Ward 8", .keys = "=gohardashtward8 gohardasht"},
    {.prison = "between Evin and Gohardasht", .keys = "=betweenevinandgohardasht"},
    {.place = "Evin Prison", .keys = "evin"},
    {.place = "Tehran", .keys = ""},
    {.body = "IRGC Intelligence", .keys = "irgc_intel (irgc)"},
    {.body = "Police of Brest", .keys = "=policeofbrest"},
};

static void add_detail(struct life_event *e, const char *name, const char *value)
{
    if (value)
        assert_true(life_event_set_detail(e, &arena, str_of(name), str_of(value)));
}

static struct str or_none(const char *text)
{
    return text ? str_of(text) : STR_NONE;
}

static struct str keys_of(const struct body_named *named, size_t count)
{
    struct str all = STR("");
    for (size_t i = 0; i < count; i++)
        all = arena_print(&arena, named[i].part ? "%.*s%s(%.*s)" : "%.*s%s%.*s", STR_ARG(all),
                          i ? " " : "", STR_ARG(named[i].key));
    return all;
}

static void an_event_names_its_bodies(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(namings); i++) {
        const struct naming *n = &namings[i];
        struct life_event e = {.place = or_none(n->place), .body = or_none(n->body)};
        struct body_named named[BODIES_MOST];
        add_detail(&e, "court", n->court);
        add_detail(&e, "branch", n->branch);
        add_detail(&e, "prison", n->prison);
        add_detail(&e, "ward", n->ward);
        size_t count = bodies_of_event(body_book(), &e, &arena, named);
        assert_string_equal(keys_of(named, count).at, n->keys);
    }
}

static void the_words_of_a_post_name_its_body(void **state)
{
    static const struct {
        const char *words, *keys;
    } posts[] = {
        {"Judge of Branch 26 of the Revolutionary Court of Tehran",
         "rc_tehran_b26 (rc_tehran) (revolutionary_court)"},
        {"director of Evin prison", "evin"},
        {"Intelligence Ministry representative in the Death Commission",
         "mois death_commission_1988"},
        {"baker", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(posts); i++) {
        struct body_named named[BODIES_MOST];
        size_t count = bodies_of_post(body_book(), str_of(posts[i].words), &arena, named);
        assert_string_equal(keys_of(named, count).at, posts[i].keys);
    }
}

static void a_detail_leads_to_what_it_names(void **state)
{
    (void)state;
    struct life_event e = {.place = STR("Evin Prison"), .body = STR("IRGC")};
    struct body_named named;
    add_detail(&e, "court", "Revolutionary Court");
    add_detail(&e, "branch", "28");
    assert_true(body_of_detail(body_book(), &e, STR("court"), &arena, &named));
    assert_string_equal(arena_copy(&arena, named.key).at, "revolutionary_court");
    assert_true(body_of_detail(body_book(), &e, STR("branch"), &arena, &named));
    assert_string_equal(arena_copy(&arena, named.key).at, "rc_tehran_b28");
    assert_true(body_of_detail(body_book(), &e, STR("body"), &arena, &named));
    assert_string_equal(arena_copy(&arena, named.key).at, "irgc");
    assert_false(body_of_detail(body_book(), &e, STR("prison"), &arena, &named));
}

static struct str official(const char *name)
{
    return official_key(body_book(), str_of(name), &arena);
}

static void an_official_has_one_key_in_all_spellings(void **state)
{
    (void)state;
    assert_true(str_equal(official("Iman Afshari"), official("ایمان افشاری")));
    assert_true(str_equal(official("Iman Afshary"), official("IMAN AFSHARI")));
    assert_true(str_equal(official("Mostafa Pour- Mohammadi"), official("Mostafa Pourmohammadi")));
    assert_false(str_equal(official("Afshari"), official("Iman Afshari")));
    assert_false(str_equal(official("Nuri"), official("Hamid Nouri")));
    assert_true(str_equal(official("Somebody  Else"), official("somebody  else")));
    size_t count;
    (void)official_names(body_book(), official("Somebody Else"), &count);
    assert_int_equal(count, 0);
}

static struct statement fact(const char *name, const char *property, const char *value)
{
    return (struct statement){.form = FORM_FACT,
                              .fact = {.subject = str_of(name),
                                       .subject_kind = STR("person"),
                                       .property = str_of(property),
                                       .value = str_of(value)}};
}

static enum office office(struct statement s)
{
    const struct body_row *body;
    struct str words;
    return office_of(body_book(), &s, &words, &body);
}

static void who_is_called_an_official_is_one_where_tables_know_them(void **state)
{
    (void)state;
    assert_int_equal(office(fact("Ebrahim Raisi", "role", "official")), OFFICE_NAMED);
    assert_int_equal(office(fact("Somebody Else", "role", "official")), OFFICE_NONE);
    assert_int_equal(office(fact("Somebody Else", "role", "judge")), OFFICE_NAMED);
    assert_int_equal(office(fact("Somebody Else", "role", "prisoner")), OFFICE_NONE);
    assert_int_equal(office(fact("Somebody Else", "post", "minister")), OFFICE_POST);
    struct statement organisation = fact("Somebody Else", "post", "minister");
    organisation.fact.subject_kind = STR("organisation");
    assert_int_equal(office(organisation), OFFICE_NONE);
    struct statement member = {.form = FORM_LIFE_EVENT,
                               .life_event = {.person = STR("Somebody Else"),
                                              .event = STR("other:death_commission_member")}};
    const struct body_row *body;
    struct str words;
    assert_int_equal(office_of(body_book(), &member, &words, &body), OFFICE_POST);
    assert_true(str_equal(body->id, STR("death_commission_1988")));
    member.life_event.event = STR("arrested");
    assert_int_equal(office(member), OFFICE_NONE);
}

#define BODIES "id\tkind\tpart_of\tunder\tbranch\talso\tplace\tforms\twithin\tchecked\n"
#define POSTS "name\tpost\tbody\tsince\tuntil\tsaid_by\tchecked\tpost_fa\tsaid_by_fa\n"
#define OFFICIALS "class\tkind\tvalue\tforms\nperson\tjudge\t\tAnna Bell\n"

static void refused(const char *bodies, const char *posts, const char *expected)
{
    const struct data_file files[] = {
        {"country/xx/bodies.tsv", str_of(bodies)},
        {"country/xx/officials.tsv", STR(OFFICIALS)},
        {"country/xx/posts.tsv", str_of(posts)},
    };
    const struct body_book *book;
    struct fault why = {.text = ""};
    assert_int_equal(body_book_read(files, COUNT_OF(files), &arena, &book, &why),
                     *expected ? REFUSED : OK);
    assert_non_null(strstr(why.text, expected));
}

static void tables_that_cannot_be_are_refused(void **state)
{
    (void)state;
    refused(BODIES "a\tcourt\t\t\t\t\t\tA\t\tyes\n",
            POSTS "Anna Bell\tjudge\ta\t\t\tpress\tno\t\t\n", "");
    refused(BODIES "a\tcourt\t\t\t\t\t\tA\t\tyes\na\tcourt\t\t\t\t\t\tB\t\tyes\n", POSTS,
            "line 3: a body without a kind, or one that stands here twice");
    refused(BODIES "a\tcourt\tb\t\t\t\t\tA\t\tyes\n", POSTS,
            "line 2: it names a body that is not there");
    refused(BODIES "a\tcourt\tb\t\t\t\t\tA\t\tyes\nb\tcourt\ta\t\t\t\t\tB\t\tyes\n", POSTS,
            "line 3: a part of itself");
    refused(BODIES "a\tcourt\t\t\t\t\t\tA\t\tmaybe\n", POSTS, "\"checked\" is yes or no");
    refused(BODIES, POSTS "Anna Bell\tjudge\t\t\t\t\tno\t\t\n",
            "line 2: a claim without a post, or that nobody makes");
    refused(BODIES, POSTS "Carl Dent\tjudge\t\t\t\tpress\tno\t\t\n",
            "line 2: an official who is in no table");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_names_its_bodies),
        cmocka_unit_test(the_words_of_a_post_name_its_body),
        cmocka_unit_test(a_detail_leads_to_what_it_names),
        cmocka_unit_test(an_official_has_one_key_in_all_spellings),
        cmocka_unit_test(who_is_called_an_official_is_one_where_tables_know_them),
        cmocka_unit_test(tables_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests_name("bodies", tests, arena_begin, arena_end);
}
