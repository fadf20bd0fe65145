/* Documents that are several XML files in a ZIP archive: XLSX (ECMA-376, part 2), ODS (ODF 1.3,
 * part 2). Read in the sandboxed child, by libzip and libxml2.
 *
 * An archive unfolds into no more than it may: at most PACKAGE_ENTRIES entries, PACKAGE_UNFOLDED
 * bytes of all parts together, and of one part PACKAGE_RATIO times what it is packed into, beyond
 * its first PACKAGE_SMALL bytes. What is said of sizes in the archive is not believed, it is
 * counted.
 *
 * A part's XML is told while it is unfolded, element by element, and never held as a tree. A
 * document type is REFUSED before anything in it is read, and with it all entities but the five of
 * XML; nothing outside of the part is ever looked for. */
#ifndef GOVAH_INTAKE_PACKAGE_INT_H
#define GOVAH_INTAKE_PACKAGE_INT_H

#include "base/arena.h"
#include "base/fault.h"

enum { PACKAGE_ENTRIES = 4096, PACKAGE_RATIO = 300, PACKAGE_SMALL = 1 << 20 };
#define PACKAGE_UNFOLDED ((size_t)512 << 20)

struct package {
    void *zip;        /* of libzip */
    const char *name; /* what it is called in faults: "an Excel table" */
    size_t unfolded;  /* bytes, up to now */
};

/* REFUSED, with one line, for what is no whole ZIP archive, is encrypted or has too many entries.
 * The bytes outlive it. */
MUST_USE enum outcome package_open(struct package *, const char *name, struct str bytes,
                                   struct fault *why);
void package_close(struct package *);

bool package_has(const struct package *, const char *part);

/* An element as it begins; valid until the handler returns. */
struct element {
    struct str name; /* without its prefix */
    const unsigned char *const *attributes;
    size_t count;
};

/* The attribute of that name, "" where it is absent; with `space` only one whose name space holds
 * those words. In the arena, entities resolved. */
struct str element_attribute(const struct element *, struct arena *, const char *name,
                             const char *space);

/* What is NULL is not told. */
struct part_events {
    void (*opens)(void *context, const struct element *);
    void (*closes)(void *context, struct str name);
    void (*says)(void *context, struct str text); /* one text in any number of pieces */
};

/* Tells one part. REFUSED without one, and for what is no XML, or too much of it. */
MUST_USE enum outcome package_tell(struct package *, const char *part, const struct part_events *,
                                   void *context, struct fault *why);

#endif
