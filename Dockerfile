# syntax=docker/dockerfile:1
# The house as one image: web (what it starts), worker, keeper and every command of `obshto`.
#
#   docker build --tag registry.example/obshto:0.12.0 .
#
# Base images are pinned by version here and by digest where you build:
#   --build-arg PYTHON=docker.io/library/python:3.11.14-slim-bookworm@sha256:…
# Libraries are pinned by deploy/requirements.txt, each file with its hash. After the libraries
# nothing is fetched but two packages of Debian: the last step of the first stage runs without an
# index.
ARG PYTHON=docker.io/library/python:3.11.14-slim-bookworm

FROM ${PYTHON} AS made
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
RUN python -m venv /opt/obshto
ENV PATH=/opt/obshto/bin:$PATH
WORKDIR /src
COPY deploy/requirements.txt deploy/build.txt deploy/
RUN pip install --require-hashes --only-binary :all: \
        --requirement deploy/requirements.txt --requirement deploy/build.txt
COPY . .
RUN PYTHONPATH=.src python -m obshto.ops.i18n compile \
    && pip install --no-index --no-deps --no-build-isolation . \
    && pip uninstall --yes setuptools pip

FROM ${PYTHON}
ARG VERSION=0.12.0
LABEL org.opencontainers.image.title="Obshto" \
      org.opencontainers.image.description="One platform that small municipalities share" \
      org.opencontainers.image.licenses="EUPL-1.2" \
      org.opencontainers.image.version="${VERSION}"
# What checks and counts votes by phone (record 0102): a program of Debian, called over files. The
# release of the base decides its version: 2.0 in Debian 12. What makes videos smaller (record 0200).
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends belenios-tool ffmpeg \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 obshto \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /tmp obshto \
    && mkdir --mode 0700 /backups && chown 10001:10001 /backups
COPY --from=made /opt/obshto /opt/obshto
# Nothing is written but to /tmp and /backups, so the root file system may be read-only.
ENV PATH=/opt/obshto/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OBSHTO_ENV=production \
    DATA_DIR=/tmp/obshto \
    BACKUP_DIR=/backups
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
# Requests under way have 30 seconds to end: whoever stops it must wait longer.
CMD ["gunicorn", "obshto.ops.wsgi:app", "--config", "python:obshto.ops.gunicorn", \
     "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "30"]
