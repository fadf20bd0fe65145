#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "told.h"

#include "store/page.h"
#include "store/pairs.h"
#include "text/edtf.h"

struct arena told_arena;
struct case_telling *told_telling;

static struct archive_histories histories;

int told_begin(void **state)
{
    if (fixture_begin(state))
        return -1;
    arena_init(&told_arena);
    if (case_telling_new(&told_arena, &told_telling, NULL) != OK)
        return -1;
    histories = case_histories(told_telling);
    archive_use_histories(&histories);
    return 0;
}

int told_end(void **state)
{
    archive_use_histories(NULL);
    arena_release(&told_arena);
    return fixture_end(state);
}

void told_decide(struct archive *a, const struct statement *s, enum verdict verdict)
{
    struct hash id = statement_id(s);
    struct decision decision = {.verdict = verdict, .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&decision)};
    fixture_put(a, objects, COUNT_OF(objects));
}

void told_join(struct archive *a, const struct hash *left, const struct hash *right, struct span at,
               enum verdict verdict)
{
    struct mention_pair pair = {{*left, at}, {*right, at}};
    struct mention_pairs pairs = {&pair, 1};
    mention_pairs_sort(&pairs);
    assert_int_equal(decide_pairs(a, &pairs, verdict, STR("as a test"), false, fixture_now(), NULL),
                     OK);
}

int64_t told_day(const char *date)
{
    int64_t first, last;
    assert_int_equal(edtf_range(str_of(date), &first, &last, NULL), OK);
    return first;
}

void told_texts(struct archive *a, const char *const *published, struct hash *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char digits[HASH_DIGITS + 1];
        struct document_view view;
        struct document_facts facts = {.published = str_of(published[i])};
        struct str text =
            arena_print(&told_arena, "Text %zu, words to be quoted, and more of them still.", i);
        struct hash document = fixture_add(a, text, &facts, NULL);
        hash_write(&document, digits);
        assert_int_equal(archive_document(a, str_of(digits), &told_arena, &view, NULL), OK);
        texts[i] = view.text;
    }
}
