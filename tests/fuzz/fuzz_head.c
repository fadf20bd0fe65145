/* The last line of an export, as it is and signed anew. */
#include "fuzz.h"
#include "record/commit.h"
#include "store/exchange_int.h"

static void take(struct str line)
{
    json_t *head = NULL;
    struct hash id;
    struct fault why;
    enum outcome result = head_line_read(line, &head, &why);
    must_be_said(result, &why);
    MUST((result == OK) == (head != NULL));
    for (size_t i = 0; result == OK && i < json_array_size(json_object_get(head, "heads")) + 2; i++)
        if (head_hash(head, i, &id))
            MUST(i < json_array_size(json_object_get(head, "heads")));
    json_decref(head);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    json_t *object = NULL;
    struct fault why;
    struct buf line;
    (void)arena;
    take(bytes);
    if (json_read(bytes, &object, &why) != OK)
        return;
    buf_init(&line, 1 << 20);
    if (json_is_object(object) && json_write(&line, object, &why) == OK) {
        object_sign(object, EXPORT_CONTEXT, fuzz_key());
        buf_clear(&line);
        if (json_write(&line, object, &why) == OK)
            take(buf_str(&line));
    }
    buf_release(&line);
    json_decref(object);
}
