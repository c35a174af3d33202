// What is used of RE2, for languages that do not speak C++.
#ifndef DRYDOCK_CRE2_H
#define DRYDOCK_CRE2_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled regular expression.
typedef struct drydock_re2 drydock_re2;

/// Compiles a pattern. Null where it is not valid, or where memory is short; `drydock_re2_free` frees it.
drydock_re2 *_Nullable drydock_re2_compile(const char *_Nonnull pattern, size_t length);

void drydock_re2_free(drydock_re2 *_Nullable expression);

/// Whether the whole of a text matches.
int drydock_re2_matches_whole(const drydock_re2 *_Nonnull expression, const char *_Nonnull text,
                              size_t length);

/// Replaces every match in a text by a template, in which `\1` stands for a group. The result is to
/// be freed with `free`; null where memory is short.
char *_Nullable drydock_re2_replace_all(const drydock_re2 *_Nonnull expression,
                                        const char *_Nonnull text, size_t length,
                                        const char *_Nonnull replacement,
                                        size_t replacement_length, size_t *_Nonnull result_length);

/// RE2's error for a pattern that is not valid; null where it is valid. Freed by `drydock_re2_free_text`.
char *_Nullable drydock_re2_error(const char *_Nonnull pattern, size_t length);

/// Frees what `drydock_re2_replace_all` gave.
void drydock_re2_free_text(char *_Nullable text);

#ifdef __cplusplus
}
#endif

#endif
