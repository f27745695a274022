#include "json_scan.h"
