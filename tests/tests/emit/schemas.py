# In and out as ajv.mjs, with the other validator.
import json
import sys

import jsonschema

validators = []
answers = []
for line in sys.stdin:
    request = json.loads(line)
    if "schema" in request:
        schema = json.loads(request["schema"])
        jsonschema.Draft202012Validator.check_schema(schema)
        validators.append(jsonschema.Draft202012Validator(schema))
        answers.append("ok")
    else:
        answers.append("true" if validators[request["use"]].is_valid(json.loads(request["instance"])) else "false")
print("\n".join(answers), end="")
