#include "record/capture.h"
#include "record/commit.h"
#include "record/decision.h"
#include "record/statement.h"

static enum outcome check_form(const json_t *object, enum object_kind kind, struct arena *arena,
                               struct fault *why)
{
    struct capture capture;
    struct kept_text text;
    struct statement statement;
    struct decision decision;
    struct commit commit;
    switch (kind) {
    case OBJECT_CAPTURE:
        return capture_of_json(object, &capture, why);
    case OBJECT_TEXT:
        return kept_text_of_json(object, &text, why);
    case OBJECT_STATEMENT:
        return statement_of_json(object, arena, &statement, why);
    case OBJECT_DECISION:
        return decision_of_json(object, arena, &decision, why);
    case OBJECT_COMMIT:
        return commit_of_json(object, arena, &commit, why);
    }
    bug("an object of no kind");
}

enum outcome object_read(struct str bytes, json_t **object, enum object_kind *kind,
                         struct fault *why)
{
    struct arena arena;
    enum outcome result = json_read_canonical(bytes, object, why);
    if (result != OK)
        return result;
    arena_init(&arena);
    result = object_kind_of(*object, kind, why);
    if (result == OK)
        result = check_form(*object, *kind, &arena, why);
    arena_release(&arena);
    if (result != OK) {
        json_decref(*object);
        *object = NULL;
    }
    return result;
}
