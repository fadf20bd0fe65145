/* Intake: a file -> its bytes, what it is, and the text it holds.
 *
 * Type by content, not by name. HTML and PDF are read by a fresh sandboxed child for each file (no
 * socket, no further process but the one converter, no file but listed system paths read-only, no
 * writing, limits on time and memory), forked from a small process that holds no key. */
#ifndef GOVAH_INTAKE_INTAKE_H
#define GOVAH_INTAKE_INTAKE_H

#include "base/arena.h"
#include "base/fault.h"
#include "record/document.h"

/* A larger file is refused without being read. */
enum { INTAKE_FILE_LIMIT = 64 * 1024 * 1024 };

/* The process that the children are forked from. */
struct intake {
    int socket; /* -1 when not started */
    int spawner; /* its process id; 0 when not started */
};

/* Start it before any secret is in memory. */
MUST_USE enum outcome intake_start(struct intake *, struct fault *why);
void intake_stop(struct intake *);

struct intake_result {
    struct str bytes;       /* the file as it is */
    struct str media;       /* "text/plain", "text/html", "application/pdf" */
    struct str charset;     /* "utf-8", "utf-16le", "windows-1256"...; empty for PDF */
    struct str extractor;   /* what made the text, with its version: "text/1", "html/1", "pdf/1" */
    struct str text;        /* valid UTF-8, no NUL, at least one letter or digit */
    struct document_facts facts; /* as found in the document; `published` is EDTF */
};

/* Reads one file. REFUSED, with one line that says what and why, for what is not a readable
 * document; FAILED when the system or the sandbox fails. All strings live in the arena. */
MUST_USE enum outcome intake_file(struct intake *, const char *path, struct arena *,
                                  struct intake_result *out, struct fault *why);

#endif
