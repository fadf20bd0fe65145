/* JSON: what is canonical is written back to the same bytes; any other spelling comes to it. */
#include "fuzz.h"

static void must_settle(const json_t *value)
{
    struct buf once, twice;
    struct fault why;
    json_t *back = NULL;
    buf_init(&once, 1 << 20);
    buf_init(&twice, 1 << 20);
    enum outcome result = json_write(&once, value, &why);
    must_be_said(result, &why);
    if (result == OK) {
        must_be_text(buf_str(&once));
        MUST(json_read_canonical(buf_str(&once), &back, &why) == OK);
        MUST(json_equal(value, back));
        MUST(json_write(&twice, back, &why) == OK);
        MUST(str_equal(buf_str(&once), buf_str(&twice)));
        json_decref(back);
    }
    buf_release(&once);
    buf_release(&twice);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    json_t *value = NULL;
    struct fault why;
    struct buf out;
    (void)arena;
    enum outcome result = json_read_canonical(bytes, &value, &why);
    must_be_said(result, &why);
    MUST((result == OK) == (value != NULL));
    if (result == OK) {
        buf_init(&out, 1 << 20);
        MUST(json_write(&out, value, &why) == OK);
        MUST(str_equal(buf_str(&out), bytes));
        buf_release(&out);
        json_decref(value);
        value = NULL;
    }
    result = json_read(bytes, &value, &why);
    must_be_said(result, &why);
    if (result == OK)
        must_settle(value);
    json_decref(value);
}
