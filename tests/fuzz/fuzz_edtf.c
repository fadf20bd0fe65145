/* Dates as the record writes them, and times. */
#include "fuzz.h"
#include "intake/facts_int.h"
#include "record/capture.h"
#include "text/edtf.h"

void fuzz_one(struct str bytes, struct arena *arena)
{
    int64_t first, last, again, end;
    struct fault why;
    char day[16];
    enum outcome result = edtf_range(bytes, &first, &last, &why);
    must_be_said(result, &why);
    if (result == OK) {
        MUST(first <= last);
        MUST(bytes.len >= 4 && bytes.len < 64);
    }
    if (result == OK && first != INT64_MIN) {
        edtf_write_day(first, day);
        MUST(edtf_range(str_of(day), &again, &end, &why) == OK);
        MUST(again == first && end == first);
    }
    must_be_said(time_check(bytes, &why), &why);
    struct str date = edtf_stated(bytes);
    MUST(!date.len || edtf_range(date, &first, &last, &why) == OK);
    must_be_text(fact_language(arena, bytes));
}
