#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "told.h"

#include "store/page.h"

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
