#include "read/page_int.h"

void life_events_find(struct page *page, struct proposals *out)
{
    (void)page;
    (void)out;
}
