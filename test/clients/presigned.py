"""boto3's presigned links, of its older form and of SigV4, and a website's redirects."""

import urllib.error
import urllib.request

import boto3
from botocore.config import Config

BUCKET = "presigned-by-boto3"
KEY = "a folder/ö+1.txt"


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(url, method="GET", body=None, headers=None):
    request = urllib.request.Request(url, method=method, data=body, headers=headers or {})
    try:
        response = urllib.request.build_opener(Unfollowed).open(request)
    except urllib.error.HTTPError as error:
        response = error
    return response.status, response.headers, response.read()


plain = boto3.client("s3")
plain.create_bucket(Bucket=BUCKET)
for version, mark in (("s3v4", "X-Amz-Signature="), (None, "AWSAccessKeyId=")):
    s3 = boto3.client("s3", config=Config(signature_version=version) if version else None)

    def link(operation, **more):
        return s3.generate_presigned_url(operation, Params={"Bucket": BUCKET, "Key": KEY, **more})

    put = link("put_object", ContentType="text/x-notes")
    assert mark in put, put
    body = f"by {version}".encode()
    assert ask(put, "PUT", body, {"content-type": "text/x-notes"})[0] == 200
    status, headers, read = ask(link("get_object"))
    assert (status, headers["content-type"], read) == (200, "text/x-notes", body), read
    shown = link("get_object", ResponseContentType="text/html")
    assert ask(shown)[1]["content-type"] == "text/html"
    assert ask(link("head_object"), "HEAD")[0] == 200
    assert ask(link("delete_object"), "DELETE")[0] == 204
    assert ask(link("get_object"))[0] == 404

rule = {
    "Condition": {"KeyPrefixEquals": "old/"},
    "Redirect": {"ReplaceKeyPrefixWith": "new/", "HttpRedirectCode": "307"},
}
site = {"IndexDocument": {"Suffix": "index.html"}, "RoutingRules": [rule]}
plain.put_bucket_website(Bucket=BUCKET, WebsiteConfiguration=site)
assert plain.get_bucket_website(Bucket=BUCKET)["RoutingRules"] == [rule]
endpoint = plain.meta.endpoint_url
status, headers, _ = ask(f"{endpoint}/_website/{BUCKET}/old/a.html")
assert (status, headers["location"]) == (307, f"/_website/{BUCKET}/new/a.html"), headers
print("links of both forms read, write, delete; a website redirects")
