/* Intake: a file -> its bytes, what it is, and the text it holds.
 *
 * Type by content, not by name: text, HTML (a doctype or one of its common elements comes first),
 * PDF ("%PDF-" comes first), XLSX and ODS (a ZIP archive with the parts of one); everything else is
 * refused with what it looks like, never unpacked.
 *
 * Text is decoded here, without a child: from UTF-8, UTF-16 (with or without a byte order mark),
 * Windows-1256 or -1252, told by a byte order mark, by validity and by how letters stand beside
 * each other (charset.h says how). Nothing but the encoding changes: line ends and white space
 * stay. It may begin with lines `URL:`, `DATE:`, `TITLE:`, `SOURCE:`, `LANG:` (keys in any case) up
 * to a blank line; they are facts and not part of the text.
 *
 * Text that is a table in separated values, by its beginning, becomes its rows (delimited_int.h).
 *
 * Spreadsheets become their sheets, row by row (workbook_int.h).
 *
 * HTML, PDF and spreadsheets are each read by a fresh sandboxed child: no socket, no further
 * process but the one converter, no file but listed library folders read-only, no writing, limits
 * on time and memory (sandbox_int.h), forked from a small process that holds no key. PDF needs the
 * program pdftotext and a kernel with Landlock; without either it is FAILED with the reason. What
 * becomes of HTML and PDF is in html_int.h and pdf_int.h.
 *
 * Quotes are byte ranges of `text`. An extractor's name is the promise that the same bytes give the
 * same text; whoever changes what it writes raises its number. */
#ifndef GOVAH_INTAKE_INTAKE_H
#define GOVAH_INTAKE_INTAKE_H

#include "base/arena.h"
#include "base/fault.h"
#include "record/document.h"

/* A larger file is refused without being read. */
enum { INTAKE_FILE_LIMIT = 64 * 1024 * 1024 };

/* The process that the children are forked from. */
struct intake {
    int socket;  /* -1 when not started */
    int spawner; /* its process id; 0 when not started */
};

/* Start it before any secret is in memory and before the first thread. It ends by itself when this
 * process does. */
MUST_USE enum outcome intake_start(struct intake *, struct fault *why);

/* Waits for its end; also right for one that never started. */
void intake_stop(struct intake *);

struct intake_result {
    struct str bytes;     /* the file as it is */
    struct str media;     /* "text/plain", "text/csv", "text/html", "application/pdf", those of
                             XLSX and ODS */
    struct str charset;   /* "utf-8", "utf-16le", "windows-1256", for HTML also
                             whatever ICU knows; empty for PDF and spreadsheets */
    struct str extractor; /* what made the text, with its version: "text/1", "csv/1",
                             "html/1", "pdf/2", "xlsx/2", "ods/2" */
    struct str text;      /* valid UTF-8, no NUL, at least one letter or digit */
    struct str doubt;     /* one line where the text may not be whole: a page's invalid bytes became
                             U+FFFD, a PDF is damaged in places, a sheet is hidden; else empty */
    struct document_facts facts; /* as found in the document; `published` is EDTF */
};

/* Reads one file. NOT_FOUND when there is none; REFUSED, with one line that says what and why, for
 * what is not a readable document; FAILED when the system or the sandbox fails. The fault does not
 * name the path. All strings live in the arena or as long as the program. */
MUST_USE enum outcome intake_file(struct intake *, const char *path, struct arena *,
                                  struct intake_result *out, struct fault *why);

#endif
