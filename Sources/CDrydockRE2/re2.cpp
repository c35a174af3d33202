#include "drydock_re2.h"

#if defined(__has_include) && !__has_include(<re2/re2.h>)
#error "Drydock needs the headers of RE2: apt-get install libre2-dev (Debian), brew install re2 (Homebrew)"
#endif

#include <re2/re2.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

// No C++ exception may cross into C: each function that allocates catches them all.

struct drydock_re2 {
    // As Envoy makes them: UTF-8, case-sensitive, errors not logged.
    explicit drydock_re2(re2::StringPiece pattern) : expression(pattern, RE2::Quiet) {}

    RE2 expression;
};

drydock_re2 *drydock_re2_compile(const char *pattern, size_t length) {
    try {
        auto *compiled = new drydock_re2(re2::StringPiece(pattern, length));
        if (compiled->expression.ok()) return compiled;
        delete compiled;
    } catch (...) {
    }
    return nullptr;
}

void drydock_re2_free(drydock_re2 *expression) { delete expression; }

int drydock_re2_matches_whole(const drydock_re2 *expression, const char *text, size_t length) {
    return RE2::FullMatch(re2::StringPiece(text, length), expression->expression) ? 1 : 0;
}

char *drydock_re2_replace_all(const drydock_re2 *expression, const char *text, size_t length,
                              const char *replacement, size_t replacement_length,
                              size_t *result_length) {
    try {
        std::string result(text, length);
        RE2::GlobalReplace(&result, expression->expression,
                           re2::StringPiece(replacement, replacement_length));
        auto *copy = static_cast<char *>(std::malloc(result.size() + 1));
        if (copy == nullptr) return nullptr;
        std::memcpy(copy, result.data(), result.size());
        copy[result.size()] = 0;
        *result_length = result.size();
        return copy;
    } catch (...) {
        return nullptr;
    }
}

char *drydock_re2_error(const char *pattern, size_t length) {
    try {
        RE2 expression(re2::StringPiece(pattern, length), RE2::Quiet);
        return expression.ok() ? nullptr : strdup(expression.error().c_str());
    } catch (...) {
        return nullptr;
    }
}

void drydock_re2_free_text(char *text) { std::free(text); }
