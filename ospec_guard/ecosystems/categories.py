"""What well-known packages are for: the categories that make an allow-list strict within one kind of package.

Data and two look-ups. Names are normalised, and may be globs. A package stands in a category when that is a main purpose of it:
`database` holds drivers and clients of data stores, `orm` what is built on top of them.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

_CATEGORIES: dict[str, dict[str, str]] = {
    "analytics": {
        "pypi": """
            amplitude-analytics analytics-python mixpanel posthog rudder-sdk-python segment-analytics-python statsig
        """,
        "npm": """
            @amplitude/* @fullstory/* @hotjar/browser @posthog/* @segment/* amplitude-js analytics-node heap-api logrocket
            mixpanel mixpanel-browser posthog-js posthog-node react-ga react-ga4 react-gtm-module universal-analytics vue-gtag
        """,
    },
    "authentication": {
        "pypi": """
            authlib django-allauth django-oauth-toolkit fastapi-users flask-jwt-extended flask-login flask-security
            flask-security-too jose josepy jwcrypto ldap3 msal oauthlib okta pyjwt pysaml2 python-jose python-keycloak
            python-ldap python3-saml requests-oauthlib social-auth-app-django
        """,
        "npm": """
            @auth/* @auth0/* @azure/msal-* @clerk/* @okta/* auth0 auth0-js better-auth express-jwt express-openid-connect jose
            jsonwebtoken jwks-rsa keycloak-connect keycloak-js lucia next-auth oidc-client oidc-client-ts openid-client passport
            passport-* samlify
        """,
    },
    "cloud_sdk": {
        "pypi": """
            aioboto3 aiobotocore azure-* boto boto3 botocore firebase-admin google-api-python-client google-cloud-*
            ibm-cloud-sdk-core linode-api4 oci openstacksdk pydo s3fs s3transfer
        """,
        "npm": """
            @aws-sdk/* @azure/* @google-cloud/* @ibm-cloud/* aws-sdk azure-storage firebase firebase-admin googleapis
            ibm-cloud-sdk-core oci-sdk
        """,
    },
    "cryptography": {
        "pypi": """
            argon2-cffi bcrypt cryptography ecdsa itsdangerous m2crypto paramiko passlib pycrypto pycryptodome pycryptodomex
            pynacl pyopenssl python-gnupg rsa scrypt tink
        """,
        "npm": """
            @noble/* @stablelib/* argon2 bcrypt bcryptjs blakejs crypto-browserify crypto-js elliptic ethereum-cryptography
            hash.js js-sha256 js-sha3 js-sha512 jsencrypt jsrsasign keccak libsodium libsodium-wrappers md5 node-forge node-rsa
            openpgp pbkdf2 scrypt-js secp256k1 sha.js sjcl sodium-native tweetnacl
        """,
    },
    "database": {
        "pypi": """
            aiomysql aioodbc aiopg aioredis aiosqlite asyncmy asyncpg azure-cosmos cassandra-driver chromadb clickhouse-connect
            clickhouse-driver coredis couchbase couchdb cx-oracle databricks-sql-connector duckdb elasticsearch
            elasticsearch-async elasticsearch7 elasticsearch8 etcd3 firebirdsql google-cloud-bigquery google-cloud-bigtable
            google-cloud-datastore google-cloud-firestore google-cloud-spanner hiredis ibm-db influxdb influxdb-client
            jaydebeapi keydb lancedb mariadb milvus motor mysql mysql-connector mysql-connector-python mysql-connector-python-rf
            mysql-python mysqlclient neo4j neo4j-driver opensearch-py oracledb oursql pg8000 pgvector pinecone pinecone-client
            postgres psycopg psycopg-binary psycopg-c psycopg-pool psycopg2 psycopg2-binary psycopg2cffi py-postgresql py2neo
            pyarango pyathena pycouchdb pydruid pyhive pylibmc pymemcache pymilvus pymongo pymssql pymysql pyodbc pysqlcipher3
            pysqlite3 pysqlite3-binary python-arango python-memcached qdrant-client questdb redis redis-om redis-py-cluster
            redshift-connector rethinkdb scylla-driver snowflake-connector-python surrealdb taospy tarantool tinydb trino valkey
            vertica-python weaviate-client zodb
        """,
        "npm": """
            @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb @azure/cosmos @clickhouse/client @clickhouse/client-web
            @databricks/sql @duckdb/node-api @elastic/elasticsearch @google-cloud/bigquery @google-cloud/bigtable
            @google-cloud/datastore @google-cloud/firestore @google-cloud/spanner @influxdata/influxdb-client @libsql/client
            @neondatabase/serverless @opensearch-project/opensearch @pinecone-database/pinecone @planetscale/database
            @qdrant/js-client-rest @redis/* @supabase/postgrest-js @supabase/supabase-js @upstash/redis @valkey/valkey-glide
            @vercel/kv @vercel/postgres @zilliz/milvus2-sdk-node arangojs better-sqlite3 cassandra-driver chromadb clickhouse
            couchbase dexie duckdb elasticsearch etcd3 faunadb handy-redis hiredis ibm_db influx ioredis level leveldown levelup
            libpg-query libsql lokijs lowdb mariadb memcached memjs mongodb mongodb-client-encryption mongoist mongojs monk
            mssql mysql mysql2 nano nedb neo4j-driver oracledb pg pg-cursor pg-native pg-pool pg-promise pg-query-stream
            pgvector postgres pouchdb promise-mysql react-native-sqlite-storage redis rethinkdb rxdb serverless-mysql slonik
            snowflake-sdk sql.js sqlite sqlite3 surrealdb surrealdb.js tedious vertica weaviate-client
        """,
    },
    "date_time": {
        "pypi": """
            arrow ciso8601 dateparser delorean iso8601 maya pendulum python-dateutil pytz pytz-deprecation-shim tzdata tzlocal
            whenever
        """,
        "npm": """
            @date-fns/* @js-joda/* @js-temporal/polyfill chrono-node date-fns date-fns-tz dayjs fecha luxon moment moment-range
            moment-timezone spacetime timeago.js
        """,
    },
    "http_client": {
        "pypi": """
            aiohttp aiosonic cloudscraper curl-cffi grequests httplib2 httpx niquests pycurl requests requests-futures
            tls-client treq uplink urllib3
        """,
        "npm": """
            axios bent cross-fetch got isomorphic-fetch isomorphic-unfetch ky make-fetch-happen needle node-fetch node-libcurl
            ofetch phin popsicle request request-promise request-promise-native superagent undici unfetch wretch xhr
        """,
    },
    "logging": {
        "pypi": "coloredlogs eliot json-logging logbook loguru picologging python-json-logger structlog twiggy",
        "npm": """
            @logtail/* bunyan consola log4js loglevel morgan npmlog pino pino-http pino-pretty roarr signale tslog winston
            winston-daily-rotate-file
        """,
    },
    "machine_learning": {
        "pypi": """
            accelerate anthropic autogen catboost cohere crewai datasets diffusers fastai flax gensim google-generativeai
            haystack-ai huggingface-hub jax jaxlib keras langchain langchain-* langgraph lightgbm litellm llama-cpp-python
            llama-index llama-index-* mistralai mxnet ollama onnx onnxruntime openai pytorch-lightning scikit-learn
            sentence-transformers spacy tensorflow tensorflow-cpu tensorflow-gpu timm tokenizers torch torchaudio torchvision
            transformers vllm xgboost
        """,
        "npm": """
            @ai-sdk/* @anthropic-ai/* @google/generative-ai @huggingface/* @langchain/* @mistralai/mistralai @tensorflow/*
            @xenova/transformers ai brain.js cohere-ai langchain llamaindex ml5 ollama onnxruntime-node onnxruntime-web openai
            replicate synaptic
        """,
    },
    "message_queue": {
        "pypi": """
            aio-pika aiokafka amqp arq celery confluent-kafka dramatiq faust faust-streaming huey kafka-python kafka-python-ng
            kombu nats-py paho-mqtt pika procrastinate pulsar-client pyzmq rq stomp-py taskiq zmq
        """,
        "npm": """
            @aws-sdk/client-sqs @azure/service-bus @confluentinc/kafka-javascript @google-cloud/pubsub agenda amqp
            amqp-connection-manager amqplib bee-queue bull bullmq kafka-node kafkajs mqtt nats node-rdkafka nsqjs pg-boss
            pulsar-client rhea sqs-consumer stompit zeromq
        """,
    },
    "orm": {
        "pypi": """
            beanie databases django-mongodb-engine edgy flask-mongoengine flask-sqlalchemy gino mongoengine odmantic orator
            ormar peewee piccolo pony pynamodb sqlalchemy sqlmodel sqlobject storm tortoise-orm umongo
        """,
        "npm": """
            @mikro-orm/* @prisma/client @typegoose/typegoose bookshelf drizzle-orm dynamoose knex kysely massive mongoose
            objection prisma sequelize sequelize-typescript typeorm waterline
        """,
    },
    "serialization": {
        "pypi": """
            avro bson cattrs cbor cbor2 cloudpickle dill fastavro flatbuffers hjson jsonpickle marshmallow msgpack msgspec
            orjson protobuf python-rapidjson pyyaml ruamel-yaml simplejson thrift toml tomli tomlkit ujson xmltodict
        """,
        "npm": """
            @bufbuild/protobuf @msgpack/msgpack avsc bson cbor cbor-x devalue fast-xml-parser flatbuffers flatted
            google-protobuf hjson js-yaml json5 msgpack-lite msgpackr node-serialize protobufjs serialize-javascript superjson
            thrift toml xml2js yaml
        """,
    },
    "template_engine": {
        "pypi": "chameleon chevron genshi jinja2 kajiki liquidpy mako pystache python-liquid",
        "npm": "art-template dot ejs eta handlebars hbs hogan.js liquidjs mustache nunjucks pug swig twig",
    },
    "testing": {
        "pypi": """
            behave coverage doublex factory-boy faker freezegun hypothesis lettuce locust mock moto nose nose2 playwright pytest
            pytest-* requests-mock responses robotframework selenium splinter testcontainers testtools time-machine tox vcrpy
        """,
        "npm": """
            @cypress/* @faker-js/faker @jest/* @playwright/test @testing-library/* @vitest/* ava c8 chai cypress enzyme faker
            jasmine jest jest-* karma mocha msw nock nyc playwright puppeteer qunit selenium-webdriver sinon supertest tap tape
            testcafe ts-jest uvu vitest webdriverio
        """,
    },
    "web_framework": {
        "pypi": """
            aiohttp blacksheep bottle cherrypy connexion dash django djangorestframework falcon fastapi flask flask-restful hug
            litestar masonite morepath pyramid quart responder robyn sanic starlette starlite streamlit tornado turbogears2
            web-py web2py
        """,
        "npm": """
            @adonisjs/core @angular/core @feathersjs/feathers @hapi/hapi @loopback/core @nestjs/core @remix-run/* @sveltejs/kit
            astro connect egg elysia express fastify gatsby h3 hapi hono koa loopback meteor micro next nuxt polka react-router
            restify sails solid-start svelte total.js vue
        """,
    },
}

CATEGORIES: tuple[str, ...] = tuple(_CATEGORIES)
"""The names that `category` may have, sorted."""


def in_category(category: str, ecosystem: str, name: str) -> bool:
    """Whether the package of that normalised name is known to belong to the category."""
    names, globs = _members(category, ecosystem)
    return name in names or any(fnmatchcase(name, glob) for glob in globs)


@lru_cache(maxsize=64)
def _members(category: str, ecosystem: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = _CATEGORIES[category].get(ecosystem, "").split()
    return frozenset(w for w in words if "*" not in w), tuple(w for w in words if "*" in w)
