/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/flow.h"

struct edge {
        int to, back; /* back: number of the opposite edge */
        int rest;     /* capacity left */
        int next;     /* of the same node, -1: none */
};

struct flow {
        int n_left, n_right, n_nodes;
        int *first; /* [n_nodes] edge or -1 */
        int *level; /* [n_nodes] from the source, -1: not reached */
        int *queue;
        int *at; /* [n_nodes] edge to look at next */
        bool *spare;
        struct edge *edges;
        int n_edges, cap_edges;
        struct arena *arena;
};

enum { SOURCE, SINK, FIRST_LEFT };

static int left_node(int left)
{
        return FIRST_LEFT + left;
}

static int right_node(const struct flow *f, int right)
{
        return FIRST_LEFT + f->n_left + right;
}

struct flow *flow_new(struct arena *a, int n_left, int n_right)
{
        struct flow *f = arena_alloc(a, sizeof *f);
        size_t n = (size_t)(n_left + n_right + FIRST_LEFT);

        *f = (struct flow){.n_left = n_left, .n_right = n_right, .n_nodes = (int)n, .arena = a};
        f->first = arena_array(a, n, sizeof *f->first);
        f->level = arena_array(a, n, sizeof *f->level);
        f->queue = arena_array(a, n, sizeof *f->queue);
        f->at = arena_array(a, n, sizeof *f->at);
        f->spare = arena_array(a, n, sizeof *f->spare);
        for (size_t i = 0; i < n; i++)
                f->first[i] = -1;
        return f;
}

static void add_half(struct flow *f, int from, int to, int rest, int back)
{
        if (f->n_edges == f->cap_edges) {
                int cap = f->cap_edges ? f->cap_edges * 2 : 64;
                struct edge *more = arena_array(f->arena, (size_t)cap, sizeof *more);
                for (int i = 0; i < f->n_edges; i++)
                        more[i] = f->edges[i];
                f->edges = more;
                f->cap_edges = cap;
        }
        f->edges[f->n_edges] = (struct edge){to, back, rest, f->first[from]};
        f->first[from] = f->n_edges++;
}

static void add_edge(struct flow *f, int from, int to, int capacity)
{
        int n = f->n_edges;

        add_half(f, from, to, capacity, n + 1);
        add_half(f, to, from, 0, n);
}

void flow_need(struct flow *f, int left, int need)
{
        add_edge(f, SOURCE, left_node(left), need);
}

void flow_room(struct flow *f, int right, int room)
{
        add_edge(f, right_node(f, right), SINK, room);
}

void flow_edge(struct flow *f, int left, int right, int capacity)
{
        add_edge(f, left_node(left), right_node(f, right), capacity);
}

/* Levels by distance from the source along edges with something left; is the sink among them? */
static bool find_levels(struct flow *f)
{
        int head = 0, tail = 0;

        for (int i = 0; i < f->n_nodes; i++)
                f->level[i] = -1;
        f->level[SOURCE] = 0;
        f->queue[tail++] = SOURCE;
        while (head < tail) {
                int node = f->queue[head++];
                for (int e = f->first[node]; e >= 0; e = f->edges[e].next) {
                        const struct edge *it = &f->edges[e];
                        if (it->rest <= 0 || f->level[it->to] >= 0)
                                continue;
                        f->level[it->to] = f->level[node] + 1;
                        f->queue[tail++] = it->to;
                }
        }
        return f->level[SINK] >= 0;
}

/* Send at most `most` from node to the sink along rising levels; paths have at most as many edges
 * as there are nodes. */
static int send(struct flow *f, int node, int most)
{
        if (node == SINK)
                return most;
        for (; f->at[node] >= 0; f->at[node] = f->edges[f->at[node]].next) {
                struct edge *it = &f->edges[f->at[node]];
                if (it->rest <= 0 || f->level[it->to] != f->level[node] + 1)
                        continue;
                int sent = send(f, it->to, it->rest < most ? it->rest : most);
                if (sent) {
                        it->rest -= sent;
                        f->edges[it->back].rest += sent;
                        return sent;
                }
        }
        return 0;
}

/* Nodes from which the sink can be reached along edges with something left. */
static void find_spare(struct flow *f)
{
        int head = 0, tail = 0;

        f->spare[SINK] = true;
        f->queue[tail++] = SINK;
        while (head < tail) {
                int node = f->queue[head++];
                for (int e = f->first[node]; e >= 0; e = f->edges[e].next) {
                        const struct edge *it = &f->edges[e];
                        if (f->edges[it->back].rest <= 0 || f->spare[it->to])
                                continue;
                        f->spare[it->to] = true;
                        f->queue[tail++] = it->to;
                }
        }
}

int flow_run(struct flow *f)
{
        const int all = 1 << 30;
        int total = 0, sent;

        while (find_levels(f)) {
                for (int i = 0; i < f->n_nodes; i++)
                        f->at[i] = f->first[i];
                while ((sent = send(f, SOURCE, all)) > 0)
                        total += sent;
        }
        find_spare(f);
        return total;
}

bool flow_left_short(const struct flow *f, int left)
{
        return f->level[left_node(left)] >= 0;
}

bool flow_right_full(const struct flow *f, int right)
{
        return f->level[right_node(f, right)] >= 0;
}

bool flow_right_spare(const struct flow *f, int right)
{
        return f->spare[right_node(f, right)];
}
