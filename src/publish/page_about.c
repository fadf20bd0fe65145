#include "publish/page_int.h"

enum outcome page_about(struct page *page, struct fault *why)
{
    struct archive_state state;
    const struct voice *v = &page->voice;
    char head[HASH_DIGITS + 1];
    enum outcome result = archive_summary(page->archive, &state, why);
    if (result != OK)
        return result;
    hash_write(&state.head, head);
    page->title = SAY(v, "About this archive");
    OUT(page->out, "<h1>{}</h1>\n<dl>", page->title);
    OUT(page->out, "<dt>{}</dt><dd>{}</dd>", SAY(v, "Documents"),
        voice_number(v, page->arena, state.documents));
    OUT(page->out, "<dt>{}</dt><dd><bdi dir=\"ltr\"><code>{}</code></bdi></dd></dl>",
        SAY(v, "Head"), str_of(head));
    return OK;
}
