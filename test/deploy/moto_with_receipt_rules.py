"""moto's server, and the CloudFormation types that it does not know and a deployment of Mailroom is not to be tested without.

Usage: moto_with_receipt_rules.py PORT. Listens on 127.0.0.1.
All other types that moto does not know (alarms, policies, the dashboard) are passed over, as moto does.
"""

import sys

from moto.backends import get_backend
from moto.cloudformation import parsing
from moto.cloudformation.models import ChangeSet
from moto.core.common_models import CloudFormationModel
from moto.server import main

# moto takes the second part of a model's module for the name of its service.
__name__ = "mailroom.deployment"


class Made(CloudFormationModel):
    """A resource that is made by calls of a backend."""

    TYPE = ""
    NAME_PROPERTY = ""

    def __init__(self, name, properties, account, region):
        self.physical_resource_id = name
        self.properties, self.account, self.region = properties, account, region
        self.make()

    def backend(self, service):
        return get_backend(service)[self.account][self.region]

    def make(self):
        raise NotImplementedError

    def unmake(self):
        raise NotImplementedError

    @classmethod
    def cloudformation_type(cls):
        return cls.TYPE

    @classmethod
    def cloudformation_name_type(cls):
        return cls.NAME_PROPERTY

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    def is_created(self):
        return True

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        return cls(resource_name, cloudformation_json["Properties"], account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        original_resource.unmake()
        return cls(new_resource_name, cloudformation_json["Properties"], account_id, region_name)

    def delete(self, account_id=None, region_name=None):
        self.unmake()


class ReceiptRuleSet(Made):
    TYPE = "AWS::SES::ReceiptRuleSet"
    NAME_PROPERTY = "RuleSetName"

    def make(self):
        self.backend("ses").create_receipt_rule_set(self.physical_resource_id)

    def unmake(self):
        # Refused while the set is active, as SES refuses it.
        self.backend("ses").delete_receipt_rule_set(self.physical_resource_id)


class ReceiptRule(Made):
    TYPE = "AWS::SES::ReceiptRule"

    def make(self):
        self.rule_set = self.properties["RuleSetName"]
        rule = self.properties["Rule"]
        self.physical_resource_id = rule["Name"]
        self.backend("ses").create_receipt_rule(self.rule_set, rule, self.properties.get("After"))

    def unmake(self):
        rule_set = self.backend("ses").receipt_rule_set.get(self.rule_set)
        if rule_set is not None:
            rule_set.rules = [rule for rule in rule_set.rules if rule["Name"] != self.physical_resource_id]


class Subscription(Made):
    TYPE = "AWS::SNS::Subscription"

    def make(self):
        where = self.properties
        made = self.backend("sns").subscribe(where["TopicArn"], where["Endpoint"], where["Protocol"])
        self.physical_resource_id = made.arn

    def unmake(self):
        self.backend("sns").unsubscribe(self.physical_resource_id)


class ConfigurationSet(Made):
    TYPE = "AWS::SES::ConfigurationSet"
    NAME_PROPERTY = "Name"

    def make(self):
        self.backend("ses").create_configuration_set(self.physical_resource_id)

    def unmake(self):
        self.backend("ses").delete_configuration_set(self.physical_resource_id)


class EmailIdentity(Made):
    TYPE = "AWS::SES::EmailIdentity"
    NAME_PROPERTY = "EmailIdentity"

    def make(self):
        self.backend("ses").create_email_identity_v2(self.physical_resource_id, None, None, None)

    def unmake(self):
        self.backend("ses").email_identities.pop(self.physical_resource_id, None)

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr.startswith("DkimDNSToken")

    def get_cfn_attribute(self, attribute_name):
        return f"{attribute_name.lower()}.{self.physical_resource_id}"


MADE = [ReceiptRuleSet, ReceiptRule, Subscription, ConfigurationSet, EmailIdentity]


def models():
    return [model for model in CloudFormationModel.__subclasses__() if model is not Made] + MADE


def apply_with_outputs(self, apply=ChangeSet.apply):
    """moto forgets the outputs of a stack that a change set makes."""
    apply(self)
    self.stack.template = self.template
    self.stack._parse_template()
    self.stack.output_map = self.stack._create_output_map()


ChangeSet.apply = apply_with_outputs
parsing.get_model_list = models
parsing.get_model_map.cache_clear()
parsing.get_name_type_map.cache_clear()

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
