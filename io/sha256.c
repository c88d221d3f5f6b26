/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FIPS 180-4; the names of the working variables are the standard's. */
#include "io/file.h"
#include "model/memory.h"
#include <stdint.h>
#include <string.h>

struct sha256 {
        uint32_t h[8];
        uint64_t size; /* bytes so far */
        unsigned char block[64];
};

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const uint32_t K[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b,
        0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6,
        0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
        0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
        0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585,
        0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
        0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa,
        0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The same of the square roots of the first 8. */
static const uint32_t START[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
        0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static uint32_t rotated(uint32_t x, int n)
{
        return x >> n | x << (32 - n);
}

static void message_schedule(uint32_t w[64], const unsigned char *block)
{
        for (int t = 0; t < 16; t++)
                w[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 |
                       (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
        for (int t = 16; t < 64; t++) {
                uint32_t s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3;
                uint32_t s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10;
                w[t] = w[t - 16] + s0 + w[t - 7] + s1;
        }
}

static void mix(uint32_t h[8], const unsigned char *block)
{
        uint32_t w[64], v[8];

        message_schedule(w, block);
        memcpy(v, h, sizeof v);
        for (int t = 0; t < 64; t++) {
                uint32_t e = v[4], a = v[0];
                uint32_t ch = (e & v[5]) ^ (~e & v[6]);
                uint32_t maj = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]);
                uint32_t t1 =
                        v[7] + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ch + K[t] + w[t];
                uint32_t t2 = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + maj;
                memmove(v + 1, v, 7 * sizeof v[0]);
                v[4] += t1;
                v[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++)
                h[i] += v[i];
}

struct sha256 *sha256_new(void)
{
        struct sha256 *h = mem_zero(1, sizeof *h);

        memcpy(h->h, START, sizeof START);
        return h;
}

void sha256_add(struct sha256 *h, const void *data, size_t size)
{
        const unsigned char *from = data;

        while (size) {
                size_t used = h->size % sizeof h->block;
                size_t n = sizeof h->block - used;
                if (n > size)
                        n = size;
                memcpy(h->block + used, from, n);
                h->size += n;
                from += n;
                size -= n;
                if (h->size % sizeof h->block == 0)
                        mix(h->h, h->block);
        }
}

void sha256_end(struct sha256 *h, char hex[65])
{
        static const char digit[] = "0123456789abcdef";
        uint64_t bits = h->size * 8;
        unsigned char length[8];

        sha256_add(h, "\x80", 1);
        while (h->size % 64 != 56)
                sha256_add(h, "", 1);
        for (int i = 0; i < 8; i++)
                length[i] = (unsigned char)(bits >> (56 - 8 * i));
        sha256_add(h, length, sizeof length);
        for (int i = 0; i < 64; i++)
                hex[i] = digit[h->h[i / 8] >> (28 - 4 * (i % 8)) & 15];
        hex[64] = 0;
        mem_free(h);
}
