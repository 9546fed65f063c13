"""Every address of the portal; design section 4 says what each shows."""

from django.urls import include, path

from portal.api.v1 import api
from portal.pages import (
    articles,
    browse,
    choices,
    feedback,
    flows,
    media,
    own_errors,
    personal,
    probes,
    search,
    signing_in,
    topics,
)
from portal.pages.forms import public as forms
from portal.pages.staff import entering
from portal.pages.staff.urls import for_staff
from portal.pages.tenants.urls import of_tenants

handler400 = "portal.pages.problem_pages.bad_request"
handler403 = "portal.pages.problem_pages.forbidden"
handler404 = "portal.pages.problem_pages.page_not_found"
handler500 = "portal.pages.problem_pages.server_error"

for_readers = [
    path("", browse.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("articles/<str:collection>/<path:path>/", articles.article, name="article"),
    path("feedback/<str:collection>/<path:path>/", feedback.feedback, name="feedback"),
    path("article-ids/<str:article_id>/", topics.article_id, name="article-id"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<str:topic>/", topics.topic, name="topic"),
    path("services/", browse.services, name="services"),
    path("services/<path:service>/", browse.service, name="service"),
    path("products/", browse.products, name="products"),
    path("products/<str:product>/", topics.product, name="product"),
    path("collections/<str:collection>/", browse.collection, name="collection"),
    path("resources/<str:service>/<path:resource>/", topics.resource, name="resource"),
    path("flows/", flows.index, name="flows"),
    path("flows/<slug:name>/", flows.flow, name="flow"),
    path("flows/<slug:name>/map/", flows.map_of, name="flow-map"),
    path("flows/<slug:name>/pack/", flows.offline_pack, name="flow-pack"),
    path("flows/<slug:name>/paste/", flows.paste, name="flow-paste"),
    path("forms/<str:collection>/<path:path>/", forms.form, name="form"),
    path("you/", personal.corner, name="corner"),
    path("your-errors/", personal.my_errors, name="my-errors"),
    path("your-errors/<slug:name>/", own_errors.own_errors, name="own-errors"),
    path("tenants/<slug:tenant>/", include(of_tenants)),
    path("staff/", include(for_staff)),
]

urlpatterns = [
    path("", browse.root, name="root"),
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
    path("robots.txt", probes.robots),
    path("choices/", choices.choose, name="choices"),
    path("sign-in", signing_in.sign_in, name="sign-in"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
    path("topics/", topics.find_topic, name="find-topic"),
    path("topics/<str:topic>", topics.topic_anywhere, name="topic-anywhere"),
    path("topics/<str:topic>/", topics.topic_anywhere),
    path("products/<str:product>", topics.product_anywhere, name="product-anywhere"),
    path("resources/<str:service>/<path:resource>", topics.resource_anywhere, name="resource-anywhere"),
    path("articles/<str:article_id>", topics.article_id_anywhere, name="article-id-anywhere"),
    path("articles/<str:collection>/<path:path>/", articles.neutral, name="article-anywhere"),
    path("media/<str:collection>/<path:path>", media.media, name="media"),
    path("api/v1/", api.urls),
    path("staff/", entering.anywhere, name="staff-anywhere"),
    path("staff/<path:rest>", entering.anywhere),
    path("<str:locale>/<str:cloud>/", include(for_readers)),
]
