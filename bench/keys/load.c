/* Sends the same kind of HTTP request over kept connections, one per client, and reports the rate and the latencies as JSON.
 * A client that costs next to nothing matters on two cores; wrk can't follow a redirect to another port.
 *
 *   load HOST PORT CLIENTS SECONDS METHOD PATH BODY_BYTES FIRST RANGE [follow]
 *
 * `#` in PATH becomes a number: a random one below RANGE; with RANGE 0 the next one from FIRST on. A negative RANGE is the same,
 * and ends after that many. In the body, `#` in a file given as @FILE becomes the number too. `follow` follows one redirect.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define MOST_SAMPLES 4000000
#define BUFFER (1 << 16)

static const char *host, *method, *path, *body_template;
static int port, clients, follow;
static double seconds;
static long body_bytes, range, limit_;
static atomic_long next_number, done, failed, samples;
static float *taken;
static char *filler;

struct peer { int socket; int port; };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int reach(struct peer *peer, int wanted) {
  if (peer->socket >= 0 && peer->port == wanted) return peer->socket;
  if (peer->socket >= 0) close(peer->socket);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(wanted)};
  inet_pton(AF_INET, host, &address.sin_addr);
  int one = 1;
  peer->socket = socket(AF_INET, SOCK_STREAM, 0);
  peer->port = wanted;
  setsockopt(peer->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(peer->socket, (struct sockaddr *)&address, sizeof address)) { close(peer->socket); peer->socket = -1; }
  return peer->socket;
}

static void number_into(char *target, size_t size, const char *template, long number) {
  const char *mark = strchr(template, '#');
  if (!mark) snprintf(target, size, "%s", template);
  else snprintf(target, size, "%.*s%ld%s", (int)(mark - template), template, number, mark + 1);
}

static char *header(char *head, const char *name) {
  for (char *line = strstr(head, "\r\n"); line; line = strstr(line + 2, "\r\n"))
    if (!strncasecmp(line + 2, name, strlen(name))) return line + 2 + strlen(name);
  return NULL;
}

/* Returns the status, or -1 when the connection broke. Location ends up in `location`. */
static int exchange(struct peer *peer, int to, const char *target, const char *content, long length, char *location) {
  char buffer[BUFFER + 1];
  if (reach(peer, to) < 0) return -1;
  int size = snprintf(buffer, sizeof buffer, "%s %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: %ld\r\n\r\n", method, target, host, to, length);
  if (size + length < BUFFER) {
    memcpy(buffer + size, content, length);
    if (write(peer->socket, buffer, size + length) != size + length) goto broken;
  } else if (write(peer->socket, buffer, size) != size || write(peer->socket, content, length) != length) goto broken;
  long have = 0;
  char *end = NULL;
  while (!end) {
    long got = read(peer->socket, buffer + have, BUFFER - have);
    if (got <= 0) goto broken;
    have += got;
    buffer[have] = 0;
    end = strstr(buffer, "\r\n\r\n");
  }
  end += 4;
  int status = atoi(buffer + 9);
  char *found = header(buffer, "content-length:");
  char *where = header(buffer, "location:");
  if (where && location) sscanf(where, " %1000[^\r\n]", location);
  if (found) {
    long rest = atol(found) - (have - (end - buffer));
    while (rest > 0) {
      long got = read(peer->socket, buffer, rest < BUFFER ? rest : BUFFER);
      if (got <= 0) goto broken;
      rest -= got;
    }
  } else if (header(buffer, "transfer-encoding:")) {
    while (!(have >= 5 && !memcmp(buffer + have - 5, "0\r\n\r\n", 5))) {
      long got = read(peer->socket, buffer + have, BUFFER - have);
      if (got <= 0) goto broken;
      have += got;
    }
  }
  return status;
broken:
  close(peer->socket);
  peer->socket = -1;
  return -1;
}

static void *client(void *argument) {
  unsigned seed = (unsigned)(long)argument * 7919 + 1;
  struct peer first = {-1, 0}, second = {-1, 0};
  double end = now() + seconds;
  char target[2048], location[1024], content[8192];
  while (now() < end) {
    long number = range > 0 ? rand_r(&seed) % range : atomic_fetch_add(&next_number, 1);
    if (limit_ && number >= limit_) break;
    number_into(target, sizeof target, path, number);
    const char *bytes = filler;
    long length = body_bytes;
    if (body_template) {
      number_into(content, sizeof content, body_template, number);
      bytes = content;
      length = strlen(content);
    }
    double start = now();
    location[0] = 0;
    int status = exchange(&first, port, target, bytes, follow ? 0 : length, location);
    if (follow && status == 307) {
      int to = 0;
      sscanf(strchr(location + 7, ':') + 1, "%d", &to);
      status = exchange(&second, to, strchr(location + 7, '/'), bytes, length, NULL);
    }
    long sample = atomic_fetch_add(&samples, 1);
    if (sample < MOST_SAMPLES) taken[sample] = now() - start;
    if (status < 200 || status > 299) atomic_fetch_add(&failed, 1);
    atomic_fetch_add(&done, 1);
  }
  return NULL;
}

static int by_size(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return x < y ? -1 : x > y;
}

int main(int count, char **arguments) {
  if (count < 10) return 2;
  host = arguments[1];
  port = atoi(arguments[2]);
  clients = atoi(arguments[3]);
  seconds = atof(arguments[4]);
  method = arguments[5];
  path = arguments[6];
  if (arguments[7][0] == '@') body_template = arguments[7] + 1;
  else body_bytes = atol(arguments[7]);
  atomic_store(&next_number, atol(arguments[8]));
  range = atol(arguments[9]);
  if (range < 0) limit_ = atol(arguments[8]) - range;
  follow = count > 10;
  taken = malloc(MOST_SAMPLES * sizeof *taken);
  filler = malloc(body_bytes + 1);
  for (long i = 0; i < body_bytes; i++) filler[i] = 'a' + i * 31 % 26;
  pthread_t threads[256];
  double start = now();
  for (long i = 0; i < clients; i++) pthread_create(&threads[i], NULL, client, (void *)i);
  for (long i = 0; i < clients; i++) pthread_join(threads[i], NULL);
  double took = now() - start;
  long all = samples < MOST_SAMPLES ? samples : MOST_SAMPLES;
  qsort(taken, all, sizeof *taken, by_size);
  printf("{\"clients\": %d, \"per_second\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f, \"requests\": %ld, \"failed\": %ld, \"next\": %ld}\n",
         clients, done / took, all ? taken[all / 2] * 1e3 : 0, all ? taken[all * 99 / 100] * 1e3 : 0, all ? taken[all - 1] * 1e3 : 0,
         (long)done, (long)failed, (long)next_number);
  return 0;
}
