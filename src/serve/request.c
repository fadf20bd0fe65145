#include "serve/request.h"

#include <stdio.h>
#include <string.h>

#include "text/utf8.h"

/* ---- the target ---- */

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

static bool is_path(struct str path)
{
    if (!path.len || path.at[0] != '/')
        return false;
    for (size_t i = 1; i < path.len; i++) {
        bool begins = path.at[i - 1] == '/';
        if (path.at[i] == '/' ? begins : !is_plain(path.at[i]))
            return false;
        if (begins && path.at[i] == '.')
            return false;
    }
    return true;
}

bool request_target(struct str target, struct str *path, struct str *query)
{
    size_t mark = str_find(target, STR("?"), 0);
    *path = str_slice(target, 0, mark);
    *query = mark == SIZE_MAX ? STR_NONE : str_slice(target, mark + 1, target.len);
    return target.len <= REQUEST_TARGET && is_path(*path);
}

bool request_is_local(struct str location)
{
    size_t end = 0;
    while (end < location.len && location.at[end] != '?' && location.at[end] != '#')
        end++;
    for (size_t i = end; i < location.len; i++)
        if (!is_plain(location.at[i]) && (!location.at[i] || !strchr("?#=&%+/~", location.at[i])))
            return false;
    return is_path(str_slice(location, 0, end));
}

/* ---- fields ---- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static enum outcome decode(struct str coded, struct arena *arena, struct str *out,
                           struct fault *why)
{
    char *bytes = arena_alloc(arena, coded.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < coded.len; i++) {
        char c = coded.at[i] == '+' ? ' ' : coded.at[i];
        if (c == '%') {
            int high = coded.len - i > 2 ? hex_value(coded.at[i + 1]) : -1;
            int low = coded.len - i > 2 ? hex_value(coded.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return refuse(why, REFUSED, "a form with a broken percent sign");
            c = (char)(high << 4 | low);
            i += 2;
        }
        if (((unsigned char)c < 0x20 && !(c == '\t' || c == '\n' || c == '\r')) || c == 0x7F)
            return refuse(why, REFUSED, "a form with a control character");
        bytes[len++] = c;
    }
    *out = (struct str){bytes, len};
    if (utf8_first_invalid(*out) != SIZE_MAX)
        return refuse(why, REFUSED, "a form that is not UTF-8");
    return OK;
}

static enum outcome decode_field(struct str piece, struct arena *arena, struct field *out,
                                 struct fault *why)
{
    size_t equals = str_find(piece, STR("="), 0);
    struct str value = equals == SIZE_MAX ? STR_NONE : str_slice(piece, equals + 1, piece.len);
    enum outcome result = decode(str_slice(piece, 0, equals), arena, &out->name, why);
    if (result == OK && !out->name.len)
        return refuse(why, REFUSED, "a form with a field that has no name");
    return result == OK ? decode(value, arena, &out->value, why) : result;
}

enum outcome request_fields(struct str form, struct arena *arena, struct field **out, size_t *count,
                            struct fault *why)
{
    struct str rest = form, piece;
    *out = arena_alloc(arena, REQUEST_FIELDS * sizeof **out);
    *count = 0;
    while (str_cut(&rest, '&', &piece)) {
        if (!piece.len)
            continue;
        if (*count == REQUEST_FIELDS)
            return refuse(why, REFUSED, "a form of more than %d fields", REQUEST_FIELDS);
        enum outcome result = decode_field(piece, arena, &(*out)[*count], why);
        if (result != OK)
            return result;
        ++*count;
    }
    return OK;
}

/* ---- headers ---- */

bool request_cookie(struct str header, struct str name, struct str *value)
{
    struct str rest = header, piece;
    bool found = false;
    while (str_cut(&rest, ';', &piece)) {
        piece = str_trim(piece);
        size_t equals = str_find(piece, STR("="), 0);
        if (equals == SIZE_MAX || !str_equal(str_slice(piece, 0, equals), name))
            continue;
        if (found)
            return false;
        *value = str_slice(piece, equals + 1, piece.len);
        found = true;
    }
    return found;
}

/* ASCII letters without their case, as the names of media types are compared */
static bool equal_without_case(struct str a, struct str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        char left = a.at[i] >= 'A' && a.at[i] <= 'Z' ? (char)(a.at[i] + 32) : a.at[i];
        if (left != b.at[i])
            return false;
    }
    return a.len == b.len;
}

bool request_is_form(struct str media)
{
    struct str type = str_slice(media, 0, str_find(media, STR(";"), 0));
    return equal_without_case(str_trim(type), STR("application/x-www-form-urlencoded"));
}

static bool is_own_host(struct str host, uint16_t port)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[32];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int len = snprintf(own, sizeof own, "%s:%u", names[i], port);
        if (str_equal(host, (struct str){own, (size_t)len}))
            return true;
    }
    return false;
}

static bool is_own_origin(const struct request *r)
{
    if (str_equal(r->origin, STR("null")))
        return str_equal(r->fetch_site, STR("same-origin"));
    return str_starts(r->origin, STR("http://")) &&
           str_equal(str_slice(r->origin, 7, r->origin.len), r->host);
}

const char *request_foreign(const struct request *r, uint16_t port)
{
    if (r->repeated)
        return "a header stands twice";
    if (!is_own_host(r->host, port))
        return "another host was asked for";
    if (r->origin.len && !is_own_origin(r))
        return "another site asked";
    if (r->fetch_site.len && !str_equal(r->fetch_site, STR("same-origin")) &&
        !str_equal(r->fetch_site, STR("none")))
        return "another site asked";
    return NULL;
}
