/* Tables of data/: a header row and rows. */
#include "base/table.h"
#include "fuzz.h"

void fuzz_one(struct str bytes, struct arena *arena)
{
    const struct data_file file = {"any.tsv", bytes};
    struct table table;
    struct row row;
    struct fault why;
    bool more = true;
    (void)arena;
    enum outcome result = table_open_file(&table, &file, "kind value", &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    MUST(table.columns >= 2 && table.columns <= TABLE_COLUMNS_LIMIT);
    for (size_t line = 0; result == OK && more; line = table.line) {
        result = table_next(&table, &row, &more, &why);
        must_be_said(result, &why);
        MUST(!more || table.line > line);
        for (size_t i = table.columns; result == OK && i < TABLE_COLUMNS_LIMIT; i++)
            MUST(!row.cells[i].len);
        for (size_t i = 0; result == OK && more && i < table.columns; i++)
            MUST(!row.cells[i].len || (row.cells[i].at >= bytes.at &&
                                       row.cells[i].at + row.cells[i].len <= bytes.at + bytes.len));
    }
}
