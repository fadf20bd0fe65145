#include "intake/package_int.h"

#include <libxml/parser.h>
#include <string.h>
#include <zip.h>

enum { PIECE = 65536 };

/* libxml2 gives five pointers for each attribute */
enum { ATTRIBUTE_NAME, ATTRIBUTE_PREFIX, ATTRIBUTE_SPACE, ATTRIBUTE_FROM, ATTRIBUTE_TO, POINTERS };

struct telling {
    const struct part_events *events;
    void *context;
    xmlParserCtxtPtr parser;
    bool typed; /* it has a document type */
};

static enum outcome check_entries(const struct package *p, struct fault *why)
{
    zip_int64_t count = zip_get_num_entries(p->zip, 0);
    if (count < 0 || count > PACKAGE_ENTRIES)
        return refuse(why, REFUSED, "%s that is an archive of more than %d files", p->name,
                      PACKAGE_ENTRIES);
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t entry;
        if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &entry) == 0 &&
            (entry.valid & ZIP_STAT_ENCRYPTION_METHOD) && entry.encryption_method != ZIP_EM_NONE)
            return refuse(why, REFUSED, "%s that is encrypted: it needs a password", p->name);
    }
    return OK;
}

enum outcome package_open(struct package *p, const char *name, struct str bytes, struct fault *why)
{
    zip_error_t error;
    zip_error_init(&error);
    *p = (struct package){.name = name};
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
    if (source)
        p->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!p->zip) {
        zip_source_free(source);
        zip_error_fini(&error);
        return refuse(why, REFUSED, "%s that is damaged or ends too early", name);
    }
    zip_error_fini(&error);
    enum outcome result = check_entries(p, why);
    if (result != OK)
        package_close(p);
    return result;
}

void package_close(struct package *p)
{
    if (p->zip)
        zip_discard(p->zip);
    p->zip = NULL;
}

bool package_has(const struct package *p, const char *part)
{
    return zip_name_locate(p->zip, part, 0) >= 0;
}

struct str element_attribute(const struct element *e, struct arena *arena, const char *name,
                             const char *space)
{
    for (size_t i = 0; i < e->count; i++) {
        const unsigned char *const *at = e->attributes + i * POINTERS;
        const char *found = (const char *)at[ATTRIBUTE_SPACE];
        if (strcmp((const char *)at[ATTRIBUTE_NAME], name) == 0 &&
            (!space || (found && strstr(found, space))))
            return arena_copy(arena, (struct str){(const char *)at[ATTRIBUTE_FROM],
                                                  (size_t)(at[ATTRIBUTE_TO] - at[ATTRIBUTE_FROM])});
    }
    return STR_NONE;
}

static void element_opens(void *context, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *space, int spaces_count, const xmlChar **spaces, int count,
                          int defaulted, const xmlChar **attributes)
{
    struct telling *t = context;
    struct element e = {str_of((const char *)name), (const unsigned char *const *)attributes,
                        (size_t)count};
    (void)prefix, (void)space, (void)spaces_count, (void)spaces, (void)defaulted;
    if (!t->typed)
        t->events->opens(t->context, &e);
}

static void element_closes(void *context, const xmlChar *name, const xmlChar *prefix,
                           const xmlChar *space)
{
    struct telling *t = context;
    (void)prefix, (void)space;
    if (!t->typed && t->events->closes)
        t->events->closes(t->context, str_of((const char *)name));
}

static void text_said(void *context, const xmlChar *text, int len)
{
    struct telling *t = context;
    if (!t->typed && t->events->says)
        t->events->says(t->context, (struct str){(const char *)text, (size_t)len});
}

static void type_declared(void *context, const xmlChar *name, const xmlChar *external,
                          const xmlChar *system)
{
    struct telling *t = context;
    (void)name, (void)external, (void)system;
    t->typed = true;
    xmlStopParser(t->parser);
}

static bool unfolds_too_far(const struct package *p, size_t unfolded, zip_uint64_t packed)
{
    return p->unfolded > PACKAGE_UNFOLDED ||
           (unfolded > PACKAGE_SMALL && unfolded / PACKAGE_RATIO > packed);
}

/* what libxml2 would print; faults say it */
static void keep_silent(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static enum outcome part_tell(struct package *p, zip_file_t *file, zip_uint64_t packed,
                              struct telling *t, const char *part, struct fault *why)
{
    char piece[PIECE];
    size_t unfolded = 0;
    for (;;) {
        zip_int64_t got = zip_fread(file, piece, sizeof piece);
        if (got < 0)
            return refuse(why, REFUSED, "%s that is damaged: %s cannot be unpacked", p->name, part);
        unfolded += (size_t)got;
        p->unfolded += (size_t)got;
        if (unfolds_too_far(p, unfolded, packed))
            return refuse(why, REFUSED, "%s that unfolds into far more than it is: %s", p->name,
                          part);
        bool whole = xmlParseChunk(t->parser, piece, (int)got, got == 0) == 0;
        if (t->typed)
            return refuse(why, REFUSED, "%s with a document type, which none has: %s", p->name,
                          part);
        if (!whole)
            return refuse(why, REFUSED, "%s that is damaged: %s is not whole XML", p->name, part);
        if (got == 0)
            return OK;
    }
}

enum outcome package_tell(struct package *p, const char *part, const struct part_events *events,
                          void *context, struct fault *why)
{
    static xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                                    .startElementNs = element_opens,
                                    .endElementNs = element_closes,
                                    .characters = text_said,
                                    .ignorableWhitespace = text_said,
                                    .cdataBlock = text_said,
                                    .internalSubset = type_declared};
    struct telling t = {.events = events, .context = context};
    zip_stat_t entry;
    zip_file_t *file = zip_stat(p->zip, part, 0, &entry) == 0 ? zip_fopen(p->zip, part, 0) : NULL;
    if (!file && !package_has(p, part))
        return refuse(why, REFUSED, "%s that is damaged: it has no %s", p->name, part);
    if (!file)
        return refuse(why, REFUSED, "%s that is damaged: %s cannot be unpacked", p->name, part);
    xmlSetGenericErrorFunc(NULL, keep_silent);
    t.parser = xmlCreatePushParserCtxt(&handler, &t, NULL, 0, NULL);
    if (!t.parser)
        mem_exhausted(sizeof(xmlParserCtxt));
    /* without it an attribute's "&amp;" is told as "&#38;"; no other entities get past the refusal
     * of document types */
    xmlCtxtUseOptions(t.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    zip_uint64_t packed = entry.valid & ZIP_STAT_COMP_SIZE ? entry.comp_size : 0;
    enum outcome result = part_tell(p, file, packed, &t, part, why);
    xmlFreeDoc(t.parser->myDoc);
    xmlFreeParserCtxt(t.parser);
    zip_fclose(file);
    return result;
}
