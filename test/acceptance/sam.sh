#!/usr/bin/env bash
# Every pipeline's template is one that `sam deploy` would accept.
set -eu
cd "$(dirname "$0")/../.."
for template in handlers/*/template.yaml; do
  "$1/bin/sam" validate --lint --region us-east-1 --template "$template"
done
