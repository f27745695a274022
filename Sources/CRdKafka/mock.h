// The brokers that librdkafka makes up for tests, on its own threads: nothing but tests imports them.
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
