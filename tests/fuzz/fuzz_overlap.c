/* Overlap tables and lists of people as CSV: the first byte says which, and whether divided. */
#include "estimate/overlap.h"
#include "fuzz.h"

static void check_table(const struct overlap *o)
{
    int64_t total = 0;
    MUST(o->lists >= 2 && o->lists <= OVERLAP_LISTS_LIMIT);
    MUST(o->cells_count > 0 && o->cells_count < (size_t)1 << o->lists);
    for (size_t i = 0; i < o->cells_count; i++) {
        MUST(o->cells[i].lists > (i ? o->cells[i - 1].lists : 0));
        MUST(o->cells[i].lists < UINT32_C(1) << o->lists && o->cells[i].count > 0);
        total += o->cells[i].count;
    }
    MUST(total == o->total && total <= OVERLAP_TOTAL_LIMIT);
    must_be_text(o->stratum);
    for (size_t i = 0; i < o->lists; i++)
        must_be_text(o->names[i]);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct overlap_columns columns = {0};
    struct overlap *tables;
    struct fault why;
    size_t count;
    int which = bytes.len ? bytes.at[0] : 0;
    if (which & 1) {
        columns.list = STR("list");
        columns.cluster = STR("person");
    }
    if (which & 2)
        columns.stratum = STR("place");
    enum outcome result =
        overlap_read(str_slice(bytes, 1, bytes.len), &columns, arena, &tables, &count, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    MUST(count > 0 && count <= OVERLAP_STRATA_LIMIT);
    for (size_t i = 0; i < count; i++)
        check_table(&tables[i]);
}
