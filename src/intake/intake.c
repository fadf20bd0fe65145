#include "intake/intake.h"

#include <unicode/uchar.h>

#include "base/file.h"
#include "intake/charset_int.h"
#include "intake/facts_int.h"
#include "intake/kind_int.h"
#include "text/utf8.h"

static enum outcome read_bytes(const char *path, struct arena *a, struct str *out,
                               struct fault *why) {
    struct buf bytes;
    buf_init(&bytes, INTAKE_FILE_LIMIT);
    enum outcome result = file_read(path, INTAKE_FILE_LIMIT, &bytes, why);
    if (result == OK && !bytes.len)
        result = refuse(why, REFUSED, "empty");
    if (result == OK)
        *out = arena_copy(a, buf_str(&bytes));
    buf_release(&bytes);
    return result;
}

static enum outcome check_controls(struct str text, struct fault *why) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < ' ' && (c < '\t' || c > '\r')) || c == 0x7F)
            return refuse_at(why, REFUSED, i,
                             "holds the control character 0x%02X at byte %zu: binary data, not a "
                             "document Govah reads",
                             c, i);
    }
    return OK;
}

static enum outcome check_words(struct str text, struct fault *why) {
    size_t size;
    for (size_t at = 0; at < text.len; at += size)
        if (u_isalnum((UChar32)utf8_at(text, at, &size)))
            return OK;
    return refuse(why, REFUSED, "holds no words");
}

static enum outcome take_text(struct arena *a, struct str text, struct intake_result *out,
                              struct fault *why) {
    enum outcome result = check_controls(text, why);
    if (result != OK)
        return result;
    out->media = STR("text/plain");
    out->extractor = STR("text/1");
    out->text = facts_cut_header(a, text, &out->facts);
    return check_words(out->text, why);
}

static enum outcome decode(struct arena *a, enum kind kind, struct intake_result *out,
                           struct str *text, struct fault *why) {
    struct charset charset;
    enum outcome result = kind == KIND_HTML ? charset_detect_html(a, out->bytes, &charset, why)
                                            : charset_detect(out->bytes, &charset, why);
    if (result == OK)
        result = charset_decode(a, out->bytes, &charset, text, why);
    if (result == OK)
        out->charset = charset.name;
    return result;
}

enum outcome intake_file(struct intake *intake, const char *path, struct arena *a,
                         struct intake_result *out, struct fault *why) {
    const char *looks_like;
    struct str text;
    *out = (struct intake_result){0};
    enum outcome result = read_bytes(path, a, &out->bytes, why);
    if (result != OK)
        return result;
    enum kind kind = kind_of(out->bytes, &looks_like);
    if (kind == KIND_FOREIGN)
        return refuse(why, REFUSED, "%s, not a document Govah reads", looks_like);
    result = decode(a, kind, out, &text, why);
    if (result != OK)
        return result;
    (void)intake;
    return take_text(a, text, out, why);
}
