/* Objects of the record: captures, texts, statements, decisions, commits. What is taken has the
 * same bytes when it is made anew from what was understood. A commit is tried as it is and signed
 * anew, since a signature stops whatever was altered. */
#include "fuzz.h"
#include "record/capture.h"
#include "record/commit.h"
#include "record/decision.h"

static json_t *remade(const json_t *object, enum object_kind kind, struct arena *arena)
{
    struct fault why;
    struct capture capture;
    struct kept_text text;
    struct statement statement;
    struct decision decision;
    struct commit commit;
    switch (kind) {
    case OBJECT_CAPTURE:
        MUST(capture_of_json(object, &capture, &why) == OK);
        return capture_to_json(&capture);
    case OBJECT_TEXT:
        MUST(kept_text_of_json(object, &text, &why) == OK);
        return kept_text_to_json(&text);
    case OBJECT_STATEMENT:
        MUST(statement_of_json(object, arena, &statement, &why) == OK);
        MUST(statement_check(&statement, &why) == OK);
        return statement_to_json(&statement);
    case OBJECT_DECISION:
        MUST(decision_of_json(object, arena, &decision, &why) == OK);
        return decision_to_json(&decision);
    case OBJECT_COMMIT:
    default:
        MUST(commit_of_json(object, arena, &commit, &why) == OK);
        return public_key_equal(&commit.author, &fuzz_key()->public_key)
                   ? commit_sign(&commit, fuzz_key())
                   : json_incref((json_t *)(uintptr_t)object);
    }
}

static void take(struct str bytes, struct arena *arena)
{
    json_t *object = NULL;
    enum object_kind kind;
    struct fault why;
    struct buf out;
    enum outcome result = object_read(bytes, &object, &kind, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    buf_init(&out, OBJECT_LIMIT);
    json_t *again = remade(object, kind, arena);
    MUST(object_write(&out, again, &why) == OK);
    MUST(str_equal(buf_str(&out), bytes));
    struct hash id = object_id(object), now = hash_of(bytes);
    MUST(hash_equal(&id, &now));
    json_decref(again);
    json_decref(object);
    buf_release(&out);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    json_t *object = NULL;
    struct fault why;
    struct buf out;
    take(bytes, arena);
    if (json_read(bytes, &object, &why) != OK)
        return;
    if (str_equal(json_text(object, "kind"), STR("commit"))) {
        buf_init(&out, OBJECT_LIMIT);
        if (json_write(&out, object, &why) == OK) {
            object_sign(object, "govah commit 1", fuzz_key());
            buf_clear(&out);
            if (json_write(&out, object, &why) == OK)
                take(buf_str(&out), arena);
        }
        buf_release(&out);
    }
    json_decref(object);
}
