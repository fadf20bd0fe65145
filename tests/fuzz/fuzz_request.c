/* What a browser sends: targets, forms, cookies, addresses, each over the same bytes. */
#include "fuzz.h"
#include "serve/request.h"

static void take_target(struct str bytes)
{
    struct str path, query, address;
    if (!request_target(bytes, &path, &query))
        return;
    MUST(path.len && path.at[0] == '/');
    must_be_plain(path);
    MUST(str_find(path, STR(".."), 0) != 1 && str_find(path, STR("/."), 0) == SIZE_MAX);
    MUST(str_find(path, STR("//"), 0) == SIZE_MAX && str_find(path, STR("%"), 0) == SIZE_MAX);
    MUST(bytes.len <= REQUEST_TARGET);
    const struct page_entry *entry = page_find(path, &address);
    if (entry && address.len)
        MUST(str_find(address, STR("/"), 0) == SIZE_MAX);
}

static void take_form(struct str bytes, struct arena *arena)
{
    struct field *fields;
    size_t count;
    struct fault why;
    enum outcome result = request_fields(bytes, arena, &fields, &count, &why);
    must_be_said(result, &why);
    MUST(count <= REQUEST_FIELDS);
    for (size_t i = 0; result == OK && i < count; i++) {
        must_be_text(fields[i].name);
        must_be_text(fields[i].value);
        MUST(fields[i].name.len > 0);
        MUST(!fields[i].value.len || !memchr(fields[i].value.at, 0, fields[i].value.len));
    }
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct str value = STR_NONE;
    take_target(bytes);
    take_form(bytes, arena);
    if (request_cookie(bytes, STR("govah"), &value)) {
        MUST(value.at >= bytes.at && value.at + value.len <= bytes.at + bytes.len);
        MUST(str_find(value, STR(";"), 0) == SIZE_MAX);
    }
    if (request_is_local(bytes)) {
        MUST(bytes.at[0] == '/' && !str_starts(bytes, STR("//")));
        must_be_plain(bytes);
        MUST(str_find(bytes, STR("\n"), 0) == SIZE_MAX &&
             str_find(bytes, STR("\\"), 0) == SIZE_MAX);
    }
    if (request_is_form(bytes))
        MUST(bytes.len >= strlen("application/x-www-form-urlencoded"));
    struct request r = {.host = STR("127.0.0.1:8080"), .origin = bytes};
    if (!request_foreign(&r, 8080) && bytes.len)
        MUST(str_equal(bytes, STR("http://127.0.0.1:8080")));
    r = (struct request){.host = bytes};
    if (!request_foreign(&r, 8080))
        MUST(str_equal(bytes, r.host) &&
             (str_equal(bytes, STR("127.0.0.1:8080")) || str_equal(bytes, STR("localhost:8080"))));
}
