#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "record/decision.h"
#include "record/object.h"
#include "record/statement.h"

#define ID(c) c c c c c c c c c c c c c c c c
static const char figure[] = "{\"kind\":\"statement\",\"form\":\"figure\",\"text\":\"" ID(
    "00a1") "\",\"from\":10,\"to\":90,"
            "\"event\":\"killed\",\"what\":\"people\",\"bound\":\"at_least\",\"low\":527}";
static const char life[] = "{\"kind\":\"statement\",\"form\":\"life_event\",\"text\":\"" ID(
    "00a1") "\",\"from\":0,"
            "\"to\":50,\"person\":\"N. T.\",\"person_at\":[0,5],\"event\":\"arrested\"}";
static const char fact[] = "{\"kind\":\"statement\",\"form\":\"fact\",\"text\":\"" ID(
    "00a1") "\",\"from\":0,\"to\":50,"
            "\"subject\":\"N. "
            "T.\",\"subject_at\":[0,5],\"subject_kind\":\"person\",\"property\":\"age\","
            "\"value\":\"66\"}";
static const char accept[] =
    "{\"kind\":\"decision\",\"verdict\":\"accept\",\"about\":[\"" ID("00b1") "\"]}";

/* the base with the members of `changes` set, or taken out where they are null */
static json_t *changed(const char *base, const char *changes)
{
    json_t *object, *delta, *value;
    const char *key;
    struct fault why;
    assert_int_equal(json_read(str_of(base), &object, &why), OK);
    assert_int_equal(json_read(str_of(changes), &delta, &why), OK);
    json_object_foreach(delta, key, value)
    {
        if (json_is_null(value))
            json_object_del(object, key);
        else
            json_object_set(object, key, value);
    }
    json_decref(delta);
    return object;
}

static void fields_agree_with_each_other(void **state)
{
    static const struct {
        const char *base, *changes, *fault; /* NULL: taken */
    } cases[] = {
        {figure, "{}", NULL},
        {life, "{}", NULL},
        {fact, "{}", NULL},
        /* counts and bounds */
        {figure, "{\"bound\":\"exact\",\"high\":527}", NULL},
        {figure, "{\"bound\":\"exact\",\"high\":528}", "counts 527 and 528 do not fit"},
        {figure, "{\"bound\":\"exact\"}", "counts 527 and -1 do not fit the bound \"exact\""},
        {figure, "{\"bound\":\"about\",\"high\":527}", NULL},
        {figure, "{\"bound\":\"about\"}", "do not fit"},
        {figure, "{\"bound\":\"nearly\",\"high\":527}", NULL},
        {figure, "{\"bound\":\"nearly\",\"low\":null,\"high\":527}", "do not fit"},
        {figure, "{\"high\":600}", "counts 527 and 600 do not fit the bound \"at_least\""},
        {figure, "{\"bound\":\"more_than\"}", NULL},
        {figure, "{\"bound\":\"more_than\",\"low\":null,\"high\":5}", "do not fit"},
        {figure, "{\"bound\":\"up_to\",\"low\":null,\"high\":5}", NULL},
        {figure, "{\"bound\":\"up_to\",\"high\":600}", "do not fit"},
        {figure, "{\"bound\":\"range\",\"high\":527}", NULL},
        {figure, "{\"bound\":\"range\",\"high\":526}", "do not fit"},
        {figure, "{\"bound\":\"range\",\"low\":null,\"high\":526}", "do not fit"},
        {figure, "{\"low\":null}", "counts -1 and -1 do not fit"},
        {figure, "{\"low\":-1}", "\"low\" is not a count"},
        {figure, "{\"low\":9007199254740991}", NULL},
        {figure, "{\"low\":9007199254740992}", "do not fit"},
        {figure, "{\"bound\":\"At_least\"}", "an unknown bound"},
        {figure, "{\"bound\":\"at least\"}", "an unknown bound"},
        /* labels */
        {figure, "{\"event\":\"killed_in_2019\"}", NULL},
        {figure, "{\"event\":\"other:told to leave\"}", NULL},
        {figure, "{\"event\":\"other:\"}", "\"other:\" is not an event label"},
        {figure, "{\"event\":\"Killed\"}", "\"Killed\" is not an event label"},
        {figure, "{\"event\":\"killed people\"}", "is not an event label"},
        {figure, "{\"event\":\"کشته\"}", "is not an event label"},
        {figure, "{\"what\":\"other:دانشجو\"}", NULL},
        {figure, "{\"what\":\"Students\"}", "\"Students\" is not a population label"},
        {life, "{\"event\":\"Arrested\"}", "is not an event label"},
        {fact, "{\"property\":\"Age\"}", "\"Age\" is not a property"},
        /* ranges */
        {figure, "{\"from\":90}", "a quote that is not a byte range"},
        {figure, "{\"from\":91}", "a quote that is not a byte range"},
        {figure, "{\"from\":89}", NULL},
        {figure, "{\"from\":-1}", "not a count"},
        {figure, "{\"to\":null}", "a quote that is not a byte range"},
        {figure, "{\"to\":9007199254740992}", "the quote is not a byte range"},
        {figure, "{\"subset_of\":[0,1]}", NULL},
        {figure, "{\"subset_of\":[1,1]}", "\"subset_of\" is not a byte range"},
        {life, "{\"person_at\":null}", "person_at is not a byte range: 0 to 0"},
        {fact, "{\"subject_at\":null}", "subject_at is not a byte range: 0 to 0"},
        {fact, "{\"subject_at\":[3,2]}", "\"subject_at\" is not a byte range"},
        /* dates: the letters of EDTF; which day there is, is the reader's business */
        {figure, "{\"since\":\"2022-09-16\",\"until\":\"2022-XX-XX?\",\"as_of\":\"2022~\"}", NULL},
        {figure, "{\"since\":\"../2022\"}", NULL},
        {figure, "{\"since\":\"May 2022\"}", "since is not an EDTF date: \"May 2022\""},
        {figure, "{\"until\":\"۱۴۰۱\"}", "until is not an EDTF date"},
        {figure, "{\"as_of\":\"2022-09-16 \"}", "as_of is not an EDTF date"},
        {life, "{\"date\":\"yesterday\"}", "date is not an EDTF date"},
        {fact, "{\"since\":\"x\"}", "since is not an EDTF date"},
        {fact, "{\"until\":\"x\"}", "until is not an EDTF date"},
        {figure,
         "{\"since\":\"0000000000000000000000000000000000000000000000000000000000000000-\"}",
         "since is not an EDTF date"},
        /* persons and facts */
        {life, "{\"person\":null}", "a life event without a person"},
        {life, "{\"details\":{\"charge\":\"x\",\"sentence\":\"P10Y8M\"}}", NULL},
        {life, "{\"details\":{\"other:x\":\"y\"}}", "a detail without a name or a value"},
        {life, "{\"details\":{}}", "empty details"},
        {life,
         "{\"details\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\",\"e\":\"1\",\"f\":\"1\","
         "\"g\":\"1\",\"h\":\"1\",\"i\":\"1\",\"j\":\"1\",\"k\":\"1\",\"l\":\"1\",\"m\":\"1\","
         "\"n\":\"1\",\"o\":\"1\",\"p\":\"1\"}}",
         NULL},
        {life,
         "{\"details\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\",\"e\":\"1\",\"f\":\"1\","
         "\"g\":\"1\",\"h\":\"1\",\"i\":\"1\",\"j\":\"1\",\"k\":\"1\",\"l\":\"1\",\"m\":\"1\","
         "\"n\":\"1\",\"o\":\"1\",\"p\":\"1\",\"q\":\"1\"}}",
         "details that are not short texts"},
        {fact, "{\"subject_kind\":\"organisation\"}", NULL},
        {fact, "{\"subject_kind\":\"place\"}", "\"place\" is neither person nor organisation"},
        {fact, "{\"value\":null}", "a fact without a subject or a value"},
        {fact, "{\"subject\":null}", "a fact without a subject or a value"},
        /* a form has its own members only */
        {figure, "{\"person\":\"N. T.\"}", "a member that Govah does not know"},
        {life, "{\"low\":5}", "a member that Govah does not know"},
        {fact, "{\"event\":\"arrested\"}", "a member that Govah does not know"},
        {figure, "{\"form\":\"fact\"}", "a statement with"},
        {figure, "{\"form\":\"rumour\"}", "an unknown form"},
        {figure, "{\"form\":null}", "an unknown form"},
        {figure, "{\"kind\":\"decision\"}", "another kind"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct statement s;
        struct fault why = {0};
        json_t *object = changed(cases[i].base, cases[i].changes);
        struct arena arena;
        arena_init(&arena);
        enum outcome result = statement_of_json(object, &arena, &s, &why);
        if (result != (cases[i].fault ? REFUSED : OK) ||
            (cases[i].fault && !strstr(why.text, cases[i].fault)))
            fail_msg("%s: %s", cases[i].changes, result == OK ? "taken" : why.text);
        json_decref(object);
        arena_release(&arena);
    }
}

static void what_our_code_makes_is_checked_too(void **state)
{
    struct fault why;
    struct detail details[2] = {{.name = STR("charge"), .value = STR("x")}};
    (void)state;
    struct statement s = {.text = hash_of(STR("t")),
                          .quote = {0, 10},
                          .form = FORM_LIFE_EVENT,
                          .life_event = {.person = STR("N. T."),
                                         .person_at = {0, 5},
                                         .event = STR("arrested"),
                                         .details = details,
                                         .details_count = 1}};
    struct life_event *e = &s.life_event;
    assert_int_equal(statement_check(&s, &why), OK);
    details[0].name = STR("a name of a detail, longer than the longest there may be at all..");
    assert_int_equal(statement_check(&s, &why), REFUSED);
    details[0].name = STR("اتهام");
    assert_int_equal(statement_check(&s, &why), REFUSED);
    details[0].name = STR("charge");
    details[1] = details[0];
    e->details_count = 2;
    assert_int_equal(statement_check(&s, &why), REFUSED);
    details[1].name = STR("branch");
    assert_int_equal(statement_check(&s, &why), REFUSED);
    e->details_count = DETAILS_LIMIT + 1;
    assert_int_equal(statement_check(&s, &why), REFUSED);
    e->details_count = 0;
    e->date = (struct str){"2020\0", 5};
    assert_int_equal(statement_check(&s, &why), REFUSED);
    e->date = STR_NONE;
    s.quote = (struct span){0, 0};
    assert_int_equal(statement_check(&s, &why), REFUSED);
    s.quote = (struct span){0, SIZE_MAX};
    assert_int_equal(statement_check(&s, &why), REFUSED);
}

static void a_statement_is_the_same_whoever_makes_it(void **state)
{
    struct fault why;
    struct statement s, other;
    struct arena arena;
    json_t *object = changed(figure, "{\"place\":\"Tehran\"}");
    (void)state;
    arena_init(&arena);
    assert_int_equal(statement_of_json(object, &arena, &s, &why), OK);
    struct hash id = statement_id(&s), again;
    other = s;
    again = statement_id(&other);
    assert_true(hash_equal(&id, &again));
    other.quote.to++;
    again = statement_id(&other);
    assert_false(hash_equal(&id, &again));
    other = s;
    other.figure.place = STR("tehran");
    again = statement_id(&other);
    assert_false(hash_equal(&id, &again));
    json_decref(object);
    arena_release(&arena);
}

static void a_detail_is_set_in_its_place(void **state)
{
    struct arena arena;
    struct life_event e = {0};
    (void)state;
    arena_init(&arena);
    assert_true(life_event_set_detail(&e, &arena, STR("prison"), STR("Evin")));
    assert_true(life_event_set_detail(&e, &arena, STR("charge"), STR("x")));
    struct life_event before = e;
    assert_true(life_event_set_detail(&e, &arena, STR("charge"), STR("y")));
    assert_true(life_event_set_detail(&e, &arena, STR("judge"), STR("z")));
    assert_int_equal(e.details_count, 3);
    assert_true(str_equal(e.details[0].value, STR("y")));
    assert_true(str_equal(e.details[1].name, STR("judge")));
    assert_true(str_equal(e.details[2].value, STR("Evin")));
    assert_int_equal(before.details_count, 2);
    assert_true(str_equal(before.details[0].value, STR("x")));
    assert_true(life_event_set_detail(&e, &arena, STR("judge"), STR_NONE));
    assert_true(life_event_set_detail(&e, &arena, STR("court"), STR_NONE));
    assert_int_equal(e.details_count, 2);
    for (size_t i = 2; i < DETAILS_LIMIT; i++)
        assert_true(life_event_set_detail(&e, &arena, arena_print(&arena, "d%02zu", i), STR("w")));
    assert_false(life_event_set_detail(&e, &arena, STR("one"), STR("more")));
    assert_int_equal(e.details_count, DETAILS_LIMIT);
    assert_true(life_event_set_detail(&e, &arena, STR("d05"), STR("other")));
    arena_release(&arena);
}

#define M(text, from, to) "{\"from\":" from ",\"text\":\"" ID("00" text "1") "\",\"to\":" to "}"
#define PAIR(left, right) "[" left "," right "]"
#define PAIRS(verdict, pairs)                                                                      \
    "{\"verdict\":\"" verdict "\",\"about\":null,\"why\":\"w\",\"pairs\":[" pairs "]}"

static void decisions_have_what_their_verdict_needs(void **state)
{
    static const struct {
        const char *changes, *fault;
    } cases[] = {
        {"{}", NULL},
        {"{\"verdict\":\"reject\"}", NULL},
        {"{\"verdict\":\"undo\"}", "unknown verdict \"undo\""},
        {"{\"verdict\":null}", "unknown verdict"},
        {"{\"about\":null}", "about nothing"},
        {"{\"key\":\"" ID("00c1") "\"}", "about nothing, or about two things"},
        {"{\"about\":null,\"key\":\"" ID("00c1") "\"}", "a decision to accept a key"},
        {"{\"verdict\":\"retract\"}", "a retraction of nothing"},
        {"{\"verdict\":\"retract\",\"supersedes\":[\"" ID("00d1") "\"]}", NULL},
        {"{\"verdict\":\"retract\",\"supersedes\":[\"" ID(
             "00d1") "\"],\"about\":null,\"key\":\"" ID("00c1") "\"}",
         NULL},
        {"{\"verdict\":\"member\"}", "a decision to member what is no key"},
        {"{\"verdict\":\"same\",\"why\":\"w\"}", "a decision to same what are no mentions"},
        {PAIRS("same", PAIR(M("2", "1", "5"), M("2", "7", "9"))), NULL},
        {PAIRS("different", PAIR(M("2", "1", "5"), M("2", "5", "9"))), NULL},
        {PAIRS("accept", PAIR(M("2", "1", "5"), M("2", "7", "9"))), "accept mentions"},
        {PAIRS("same", PAIR(M("2", "1", "5"), M("2", "4", "9"))), "one mention with itself"},
        {PAIRS("same", PAIR(M("2", "7", "9"), M("2", "1", "5"))), "out of order"},
        {PAIRS("same", PAIR(M("2", "1", "5"), M("1", "7", "9"))), "out of order"},
        {PAIRS("same", PAIR(M("2", "1", "5"), M("2", "7", "9")) "," PAIR(M("2", "1", "5"),
                                                                         M("2", "7", "9"))),
         "out of order"},
        {PAIRS("same", PAIR(M("2", "5", "5"), M("2", "7", "9"))), "not of two mentions"},
        {PAIRS("same", PAIR(M("2", "-1", "5"), M("2", "7", "9"))), "not of two mentions"},
        {PAIRS("same", PAIR(M("2", "1", "5"), "{}")), "not of two mentions"},
        {PAIRS("same", "[" M("2", "1", "5") "]"), "not of two mentions"},
        {PAIRS("same", PAIR(M("2", "1", "5"), M("2", "7", "9,\"x\":1"))), "not of two mentions"},
        {PAIRS("same", ""), "no list of pairs"},
        {"{\"verdict\":\"same\",\"about\":null,\"pairs\":{},\"why\":\"w\"}",
         "\"pairs\" is not a list"},
        {"{\"verdict\":\"same\",\"about\":null,\"pairs\":[" PAIR(M("2", "1", "5"),
                                                                 M("2", "7", "9")) "]}",
         "a decision of same without a reason"},
        {"{\"verdict\":\"member\",\"key\":\"" ID("00c1") "\"}", "about two things"},
        {"{\"verdict\":\"member\",\"about\":null,\"key\":\"" ID("00c1") "\",\"name\":\"B\"}", NULL},
        {"{\"verdict\":\"revoke\",\"about\":null,\"key\":\"" ID("00c1") "\",\"name\":\"B\"}",
         "revoke with a name"},
        {"{\"verdict\":\"revoke\",\"about\":null,\"key\":\"" ID("00c1") "\",\"last\":[\"" ID(
             "00d1") "\"]}",
         NULL},
        {"{\"verdict\":\"member\",\"about\":null,\"key\":\"" ID("00c1") "\",\"last\":[\"" ID(
             "00d1") "\"]}",
         "member with last commits"},
        {"{\"name\":\"B\"}", "accept with a name"},
        {"{\"last\":[\"" ID("00d1") "\"]}", "accept with last commits"},
        {"{\"instead_of\":\"" ID("00d1") "\"}", NULL},
        {"{\"verdict\":\"reject\",\"instead_of\":\"" ID("00d1") "\"}",
         "an edit that does not accept one statement"},
        {"{\"about\":[\"" ID("00b1") "\",\"" ID("00b2") "\"],\"instead_of\":\"" ID("00d1") "\"}",
         "an edit that does not accept one statement"},
        {"{\"bulk\":true}", "a bulk decision without a reason"},
        {"{\"bulk\":true,\"why\":\"all of one list\"}", NULL},
        {"{\"bulk\":false}", "\"bulk\" is not true"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct decision d;
        struct fault why = {0};
        arena_init(&arena);
        json_t *object = changed(accept, cases[i].changes);
        enum outcome result = decision_of_json(object, &arena, &d, &why);
        if (result != (cases[i].fault ? REFUSED : OK) ||
            (cases[i].fault && !strstr(why.text, cases[i].fault)))
            fail_msg("%s: %s", cases[i].changes, result == OK ? "taken" : why.text);
        json_decref(object);
        arena_release(&arena);
    }
}

static void names_are_read_back(void **state)
{
    enum figure_bound bound;
    (void)state;
    for (int b = BOUND_EXACT; b <= BOUND_RANGE; b++) {
        assert_true(figure_bound_read(str_of(figure_bound_name((enum figure_bound)b)), &bound));
        assert_int_equal(bound, b);
    }
    assert_false(figure_bound_read(STR(""), &bound));
    assert_string_equal(statement_form_name(FORM_LIFE_EVENT), "life_event");
    assert_string_equal(verdict_name(VERDICT_REVOKE), "revoke");
    assert_string_equal(verdict_name(VERDICT_DIFFERENT), "different");
}

/* ---- written directly, and by way of jansson ---- */

static struct str some_text(struct random *r, struct arena *arena)
{
    static const char *const pieces[] = {
        "a",        "Evin",     "رئوف",         "\"",   "\\", "\n", "\x01", "\x7F",
        "\xC3\xA9", "\xF0\x9F", "\xED\xA0\x80", "\xFF", "/",  "۱۲", "\x1F", "\t\b\f\r"};
    struct buf text;
    buf_init(&text, 4096);
    for (size_t i = random_below(r, 6); i; i--)
        buf_add_text(&text, pieces[random_below(r, COUNT_OF(pieces))]);
    if (random_below(r, 16) == 0)
        buf_add_byte(&text, '\0');
    struct str copy = arena_copy(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static struct span some_span(struct random *r)
{
    if (!random_below(r, 3))
        return (struct span){0, 0};
    size_t from = random_below(r, 2) ? random_below(r, 100) : (size_t)(random_next(r) >> 12);
    return (struct span){from, from + 1 + random_below(r, 1000)};
}

static int64_t some_count(struct random *r)
{
    return random_below(r, 3) ? (int64_t)(random_next(r) >> random_below(r, 50) >> 11) : COUNT_NONE;
}

static void some_texts(struct random *r, struct arena *arena, struct str **places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *places[i] = some_text(r, arena);
}

static struct statement some_statement(struct random *r, struct arena *arena)
{
    struct statement s = {.quote = some_span(r), .form = (enum statement_form)random_below(r, 3)};
    for (size_t i = 0; i < HASH_SIZE; i++)
        s.text.bytes[i] = (uint8_t)random_next(r);
    struct figure *f = &s.figure;
    struct life_event *e = &s.life_event;
    struct fact *x = &s.fact;
    static const char *const names[] = {"branch", "charge", "court", "judge", "sentence"};
    switch (s.form) {
    case FORM_FIGURE:
        some_texts(r, arena,
                   (struct str *[]){&f->event, &f->what, &f->since, &f->until, &f->as_of, &f->place,
                                    &f->source},
                   7);
        f->event = f->what = STR("killed");
        f->bound = (enum figure_bound)random_below(r, 7);
        f->low = some_count(r);
        f->high = some_count(r);
        f->subset_of = some_span(r);
        break;
    case FORM_LIFE_EVENT:
        some_texts(r, arena, (struct str *[]){&e->person, &e->date, &e->place, &e->body}, 4);
        e->event = STR("arrested");
        e->person_at = some_span(r);
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (random_below(r, 2))
                assert_true(life_event_set_detail(
                    e, arena, str_of(names[i]),
                    arena_print(arena, "x%.*s", STR_ARG(some_text(r, arena)))));
        break;
    case FORM_FACT:
        some_texts(r, arena, (struct str *[]){&x->subject, &x->value, &x->since, &x->until}, 4);
        x->subject_kind = STR("person");
        x->property = STR("age");
        x->subject_at = some_span(r);
    }
    return s;
}

static void both_ways_of_writing_give_the_same_bytes(void **state)
{
    struct random r = {7};
    struct buf direct, tree;
    (void)state;
    buf_init(&direct, OBJECT_LIMIT);
    buf_init(&tree, OBJECT_LIMIT);
    for (size_t i = 0; i < 4000; i++) {
        struct arena arena;
        struct fault why;
        arena_init(&arena);
        struct statement s = some_statement(&r, &arena);
        json_t *object = statement_to_json(&s);
        buf_clear(&direct);
        buf_clear(&tree);
        assert_int_equal(statement_write(&direct, &s, &why), OK);
        assert_int_equal(object_write(&tree, object, &why), OK);
        if (!str_equal(buf_str(&direct), buf_str(&tree)))
            fail_msg("%s\n%s", direct.at, tree.at);
        struct hash id = object_id(object), same = statement_id(&s);
        assert_true(hash_equal(&id, &same));
        json_decref(object);
        arena_release(&arena);
    }
    struct statement s = {.form = FORM_FACT, .fact = {.value = STR("a value too long")}};
    struct fault why;
    buf_release(&direct);
    buf_init(&direct, 40);
    assert_int_equal(statement_write(&direct, &s, &why), REFUSED);
    buf_release(&direct);
    buf_release(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_agree_with_each_other),
        cmocka_unit_test(what_our_code_makes_is_checked_too),
        cmocka_unit_test(a_statement_is_the_same_whoever_makes_it),
        cmocka_unit_test(a_detail_is_set_in_its_place),
        cmocka_unit_test(decisions_have_what_their_verdict_needs),
        cmocka_unit_test(names_are_read_back),
        cmocka_unit_test(both_ways_of_writing_give_the_same_bytes),
    };
    return cmocka_run_group_tests_name("record statement", tests, NULL, NULL);
}
